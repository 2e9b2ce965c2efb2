using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace XQr.Api.OpenApi;

/// <summary>Describes response headers. Each header is described once and referenced by responses.</summary>
internal static class Headers
{
    /// <summary>The header of every response, described only with errors, where it is useful.</summary>
    public const string RequestId = "X-Request-Id";

    /// <summary>
    /// The headers of every response to a recognised key. They are described only with 429: on each response they would be a seventh of the
    /// document.
    /// </summary>
    public static readonly IReadOnlyList<string> OfLimits =
    [
        "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-RateLimit-Burst-Limit", "X-RateLimit-Burst-Remaining",
        "X-Quota-Limit", "X-Quota-Remaining",
    ];

    private static readonly (string Name, JsonSchemaType Type, string Description, JsonNode Example)[] All =
    [
        (RequestId, JsonSchemaType.String, "The request id for support.", "req_6f1c0d9e8b7a4352"),
        ("X-RateLimit-Limit", JsonSchemaType.Integer, "The key's requests allowed per minute.", 600),
        ("X-RateLimit-Remaining", JsonSchemaType.Integer, "The key's requests left in this minute.", 597),
        ("X-RateLimit-Reset", JsonSchemaType.Integer, "The start of the next minute, in Unix seconds.", 1772373660),
        ("X-RateLimit-Burst-Limit", JsonSchemaType.Integer, "The key's requests allowed at once.", 10),
        ("X-RateLimit-Burst-Remaining", JsonSchemaType.Integer, "The key's requests left at once.", 9),
        ("X-Quota-Limit", JsonSchemaType.Integer, "The workspace's calls allowed per UTC calendar month; absent if unlimited.", 1000),
        ("X-Quota-Remaining", JsonSchemaType.Integer, "The workspace's calls left in this month; absent if unlimited.", 812),
        ("Retry-After", JsonSchemaType.Integer, "The seconds to wait before a retry.", 1),
        ("WWW-Authenticate", JsonSchemaType.String, "The authentication scheme.", "Bearer"),
        (
            "Location", JsonSchemaType.String, "The path of the created resource, or the URL of the redirect.",
            "/api/v1/links/0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40"),
        (
            "Link", JsonSchemaType.String, "The address that continues a search with older entries; absent if all were searched.",
            "</api/developer/audit?before=0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40>; rel=\"next\""),
        ("ETag", JsonSchemaType.String, "The version of this content, to send as If-None-Match.", "\"7Qm0Yx3kT9s\""),
        ("Cache-Control", JsonSchemaType.String, "The caching rules.", "private, max-age=300"),
        ("X-Client-Address", JsonSchemaType.String, "The caller's address as the service sees it.", "203.0.113.7"),
        (
            "X-Logo-Size", JsonSchemaType.Number,
            "The reduced size of the logo if the code cannot carry its logo_size. For an archive, the smallest.",
            0.29),
        ("X-Data-Through", JsonSchemaType.String, "The time up to which recorded scans are included.", "2026-03-01T14:00:00Z"),
        ("Content-Disposition", JsonSchemaType.String, "The disposition and file name of the content.", "inline; filename=\"0198f3a0-qr.svg\""),
    ];

    /// <summary>Returns references to headers. The first reference adds the header to the document.</summary>
    public static Dictionary<string, IOpenApiHeader> Refer(OpenApiDocument document, IEnumerable<string> names)
    {
        var references = new Dictionary<string, IOpenApiHeader>();
        foreach (var name in names)
        {
            var (_, type, description, example) = All.Single(header => header.Name == name);
            document.AddComponent<IOpenApiHeader>(
                name, new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = type }, Example = example.DeepClone() });
            references.Add(name, new OpenApiHeaderReference(name, document));
        }

        return references;
    }
}
