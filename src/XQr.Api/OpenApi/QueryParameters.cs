using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using XQr.Api.Pipeline;
using XQr.Api.Pipeline.Idempotency;

namespace XQr.Api.OpenApi;

/// <summary>The parameters of an operation: the properties of its query types, ids in the path, and the header for revalidation.</summary>
internal static class QueryParameters
{
    public static async Task AddAsync(
        OpenApiOperation operation, IList<object> metadata, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var path in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            (path.Description, path.Example) = path.Name == "id"
                ? ("The id; one that is malformed or of another workspace is not found.", $"{IdPrefix(context)}0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40")
                : ("The last part of the short URL, in any case.", "summer-sale");
        }

        var parameters = operation.Parameters ??= [];
        // Where a body may stand in the place of the query, the body is described: clients made from the description keep secrets out of URLs.
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
            parameters.Add(Header(RequiredSignIn.WorkspaceHeader, "The workspace that is meant, for who is a member of several."));
        }

        if (metadata.OfType<Revalidation>().Any())
        {
            parameters.Add(Header("If-None-Match", "The ETag of the content that the caller has. If it is current, the response is 304 without a body."));
        }

        if (metadata.OfType<IdempotentCreation>().Any())
        {
            parameters.Add(Header(KeyedRequest.Header, "1 to 255 visible ASCII characters. For 24 hours the same request with the same key gets the first answer again."));
        }

        if (metadata.OfType<Precondition>().Any())
        {
            parameters.Add(Header("If-Match", "The ETag of what the caller has: somebody else's change since is not overwritten."));
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

    /// <summary>The schema's description and null are the parameter's: it has the one, and knows of no other absence than its own.</summary>
    private static OpenApiParameter Parameter(string name, ParameterLocation location, OpenApiSchema schema, bool required = false)
    {
        var description = schema.Description;
        schema.Description = null;
        schema.Type &= ~JsonSchemaType.Null;
        return new() { Name = name, In = location, Description = description, Required = required, Schema = schema };
    }
}
