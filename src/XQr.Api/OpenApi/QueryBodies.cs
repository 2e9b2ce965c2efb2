using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using XQr.Api.Pipeline;

namespace XQr.Api.OpenApi;

/// <summary>
/// Describes the bodies that stand in the place of a query. Their properties are the parameters of the same names, whose descriptions are
/// not repeated, and null means what absence does.
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
