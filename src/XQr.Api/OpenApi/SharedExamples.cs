using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace XQr.Api.OpenApi;

/// <summary>Shares response examples between operations: a link is read, changed and created.</summary>
internal sealed class SharedExamples : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var contents = from path in document.Paths.Values
                       from operation in path.Operations!.Values
                       from response in operation.Responses!.Values.OfType<OpenApiResponse>()
                       from content in response.Content?.Values.OfType<OpenApiMediaType>() ?? []
                       where content is { Example: not null, Schema: OpenApiSchemaReference }
                       select content;
        foreach (var same in contents.GroupBy(content => content.Example!.ToJsonString()).Where(same => same.Count() > 1))
        {
            // Named by the schema; few schemas have more than one example.
            var name = ((OpenApiSchemaReference)same.First().Schema!).Reference.Id!;
            if (document.Components?.Examples?.ContainsKey(name) is not true)
            {
                document.AddComponent<IOpenApiExample>(name, new OpenApiExample { Value = same.First().Example });
                foreach (var content in same)
                {
                    content.Example = null;
                    content.Examples = new Dictionary<string, IOpenApiExample> { [name] = new OpenApiExampleReference(name, document) };
                }
            }
        }

        return Task.CompletedTask;
    }
}
