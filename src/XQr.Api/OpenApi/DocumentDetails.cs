using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using XQr.Api.Pipeline;
using XQr.Api.Urls;

namespace XQr.Api.OpenApi;

/// <summary>Adds the introduction, servers and security schemes to the description.</summary>
internal sealed class DocumentDetails(PublicUrls urls) : IOpenApiDocumentTransformer
{
    public const string SecurityScheme = "ApiKey";
    public const string SignInScheme = "SignIn";

    private const string Introduction = """
        Short links, QR codes for them, and statistics about their visitors.

        **Keys.** Send `Authorization: Bearer xqr_pk_…`. A key has scopes, and each operation names the scope that it requires.

        **Sign-in.** Operations under `/api/developer` are for people, who sign in at an OpenID Connect provider and send its token instead of a
        key. Members of several workspaces select one with the header `X-Workspace-Id`.

        **Envelope.** A success is `{"data", "meta"}`, a failure `{"error", "meta"}`. `error.code` is stable, `error.message` is for people.
        `meta.request_id` is also in the header `X-Request-Id`: include it in support requests.

        **Limits.** A key has limits per minute and for requests at once, and a workspace has a monthly quota. Every response to a key has the
        remaining limits in `meta.rate_limit` and in headers, which the response 429 describes. A 429 response also has `Retry-After`.

        **Lists** are sorted newest first and paged by `limit` and `offset`. `meta.total` is the number of all items.

        **Validation.** Unknown and repeated query parameters are errors, as are unknown properties in a body. Parameters that begin with `_` or
        `utm_` are ignored.

        **Times** follow RFC 3339. Responses have UTC and whole seconds. Requests can have any number of decimals and an offset; a time without
        an offset is UTC.
        """;

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new()
        {
            Title = "XQr Serverless API",
            Version = "1",
            Description = Introduction,
            License = new() { Name = "MIT", Identifier = "MIT" },
        };
        document.Servers = [new() { Url = urls.Root }];
        document.Tags = context.DescriptionGroups
            .SelectMany(group => group.Items)
            .SelectMany(endpoint => endpoint.ActionDescriptor.EndpointMetadata.OfType<TagDescription>())
            .Distinct()
            .Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description })
            .ToHashSet();
        document.AddComponent<IOpenApiSecurityScheme>(SecurityScheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "xqr_pk_{prefix}.{secret}",
            Description = "An API key of a workspace.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(SignInScheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "A token of the configured OpenID Connect provider. The paths under /api/developer accept no API key.",
        });
        return Task.CompletedTask;
    }
}
