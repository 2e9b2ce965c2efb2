using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using XQr.Api.Pipeline;
using XQr.Api.Pipeline.Idempotency;

namespace XQr.Api.OpenApi;

/// <summary>Describes the parameters of an operation: the properties of its query types, ids in the path and request headers.</summary>
internal static class QueryParameters
{
    public static async Task AddAsync(
        OpenApiOperation operation, IList<object> metadata, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var path in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            (path.Description, path.Example) = path.Name == "id"
                ? ("The id. Malformed ids and ids of other workspaces are not found.", $"{IdPrefix(context)}0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40")
                : ("The last part of the short URL, in any case.", "summer-sale");
        }

        var parameters = operation.Parameters ??= [];
        // If a body can replace the query, only the body is described, so that generated clients keep secrets out of URLs.
        var hasQueryBody = metadata.OfType<JsonBody>().Any(body => body.IsOptional);
        foreach (var query in metadata.OfType<QueryFields>().Where(_ => !hasQueryBody))
        {
            var fields = await context.GetOrCreateSchemaAsync(query.Type, null, cancellationToken);
            foreach (var (name, schema) in fields.Properties!)
            {
                parameters.Add(Parameter(name, ParameterLocation.Query, (OpenApiSchema)schema, fields.Required?.Contains(name) == true));
            }
        }

        if (metadata.OfType<RequiredSignIn>().Any(signIn => signIn.Least is not null))
        {
            parameters.Add(Header(RequiredSignIn.WorkspaceHeader, "The id of the workspace, for members of several."));
        }

        if (metadata.OfType<Revalidation>().Any())
        {
            parameters.Add(Header("If-None-Match", "The ETag of the caller's content. If it is current, the response is 304 without a body."));
        }

        if (metadata.OfType<IdempotentCreation>().Any())
        {
            parameters.Add(Header(
                KeyedRequest.Header,
                "A key of 1 to 255 visible ASCII characters. For 24 hours, the same request with the same key gets the first response again."));
        }

        if (metadata.OfType<Precondition>().Any())
        {
            parameters.Add(Header("If-Match", "The ETag of the caller's version. Later changes by others are not overwritten."));
        }
    }

    private static string IdPrefix(OpenApiOperationTransformerContext context) => context.Description.RelativePath switch
    {
        { } path when path.Contains("/keys/", StringComparison.Ordinal) => "key_",
        { } path when path.Contains("/members/", StringComparison.Ordinal) => "usr_",
        _ => "",
    };

    private static OpenApiParameter Header(string name, string description) =>
        Parameter(name, ParameterLocation.Header, new() { Type = JsonSchemaType.String, Description = description });

    /// <summary>Moves the schema's description to the parameter and removes null from the schema: a parameter is absent, not null.</summary>
    private static OpenApiParameter Parameter(string name, ParameterLocation location, OpenApiSchema schema, bool required = false)
    {
        var description = schema.Description;
        schema.Description = null;
        schema.Type &= ~JsonSchemaType.Null;
        return new() { Name = name, In = location, Description = description, Required = required, Schema = schema };
    }
}
