using System.Net.Mime;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace XQr.Api.OpenApi;

/// <summary>Shares the response with an image between operations: it is described once and referenced.</summary>
internal sealed class SharedImages : IOpenApiDocumentTransformer
{
    private const string Status = "200";
    private const string Name = "Image";

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        string? shared = null;
        foreach (var responses in document.Paths.Values.SelectMany(path => path.Operations!.Values).Select(operation => operation.Responses!))
        {
            if (!responses.TryGetValue(Status, out var response) || response.Content?.ContainsKey(MediaTypeNames.Image.Svg) is not true)
            {
                continue;
            }

            var json = await response.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken);
            if (shared is null)
            {
                shared = json;
                document.AddComponent(Name, response);
            }

            if (json == shared)
            {
                responses[Status] = new OpenApiResponseReference(Name, document);
            }
        }
    }
}
