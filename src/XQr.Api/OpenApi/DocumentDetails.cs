using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using XQr.Api.Pipeline;

namespace XQr.Api.OpenApi;

/// <summary>What the description says of the API as a whole.</summary>
internal sealed class DocumentDetails(PublicUrls urls) : IOpenApiDocumentTransformer
{
    public const string SecurityScheme = "ApiKey";
    public const string SignInScheme = "SignIn";

    private const string Introduction = """
        Short links, the QR codes that lead to them, and who followed them.

        **Keys.** Send `Authorization: Bearer xqr_pk_…`. A key has scopes; each operation names the one that it needs.

        **Signing in.** What stands under `/api/developer` is for people, who sign in at an OpenID Connect provider and send its token in the
        place of a key. Who is a member of several workspaces names one in the header `X-Workspace-Id`.

        **Envelope.** A success is `{"data", "meta"}`, a failure `{"error", "meta"}`. `error.code` is stable, `error.message` is for people.
        `meta.request_id` is also in the header `X-Request-Id`: give it when you ask about a request.

        **Limits.** A key has a number of requests a minute and at once, a workspace has calls a month. Every response to a key
        tells what is left, in `meta.rate_limit` and in headers, which are described with the response 429; that one also has `Retry-After`.

        **Lists.** `limit` and `offset` page through them, newest first; `meta.total` counts all. Unknown and repeated query parameters are
        errors, as are unknown properties in a body; parameters that begin with `_` or `utm_` are ignored.

        **Times** follow RFC 3339: answers have UTC with whole seconds. Requests may have any number of decimals and an offset; a time without an offset is UTC.
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
            Description = "A token of the OpenID Connect provider that the service is configured for. The paths under /api/developer take no API key.",
        });
        return Task.CompletedTask;
    }
}
