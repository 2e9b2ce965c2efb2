using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace XQr.Api.OpenApi;

/// <summary>Shares the parameters of several operations: each is described once and referenced.</summary>
internal sealed class SharedParameters : IOpenApiDocumentTransformer
{
    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var uses = new List<(IList<IOpenApiParameter> Parameters, int Index, string Tag, string Json)>();
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations!.Values))
        {
            var parameters = operation.Parameters ?? [];
            for (var index = 0; index < parameters.Count; index++)
            {
                var json = await parameters[index].SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken);
                uses.Add((parameters, index, operation.Tags!.First().Name!, json));
            }
        }

        foreach (var same in uses.GroupBy(use => use.Json).Where(same => same.Count() > 1))
        {
            var (first, index, tag, _) = same.First();
            var parameter = first[index];
            if (NameFor(document, parameter.Name!, tag) is { } name)
            {
                document.AddComponent(name, parameter);
                foreach (var use in same)
                {
                    use.Parameters[use.Index] = new OpenApiParameterReference(name, document);
                }
            }
        }
    }

    /// <summary>Returns the parameter's name, with the tag of its operations if the name is taken, or null if that is taken too.</summary>
    private static string? NameFor(OpenApiDocument document, string name, string tag) =>
        new[] { name, $"{tag}.{name}" }.FirstOrDefault(free => document.Components?.Parameters?.ContainsKey(free) is not true);
}
