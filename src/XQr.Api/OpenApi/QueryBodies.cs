using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using XQr.Api.Pipeline;

namespace XQr.Api.OpenApi;

/// <summary>
/// Describes request bodies that replace a query. Their properties match the parameters of the same names, whose descriptions are not
/// repeated; null means absent.
/// </summary>
internal sealed class QueryBodies : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var bodies = context.DescriptionGroups
            .SelectMany(group => group.Items)
            .Select(endpoint => endpoint.ActionDescriptor.EndpointMetadata)
            .Where(metadata => metadata.OfType<QueryFields>().Any())
            .SelectMany(metadata => metadata.OfType<JsonBody>())
            .Where(body => body.IsOptional)
            .Select(body => body.Type.Name)
            .Distinct();
        foreach (var property in bodies.SelectMany(name => document.Components!.Schemas![name].Properties!.Values).OfType<OpenApiSchema>())
        {
            property.Description = null;
            property.Type &= ~JsonSchemaType.Null;
        }

        return Task.CompletedTask;
    }
}
