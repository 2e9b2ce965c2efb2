using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace XQr.Api.OpenApi;

/// <summary>The headers of answers: each is described once, and referred to by the answers that have it.</summary>
internal static class Headers
{
    /// <summary>On every response. Described with errors alone, where it is of use.</summary>
    public const string RequestId = "X-Request-Id";

    /// <summary>On every answer to a recognised key. Described with 429 alone: on each response they would be a seventh of the description.</summary>
    public static readonly IReadOnlyList<string> OfLimits =
    [
        "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-RateLimit-Burst-Limit", "X-RateLimit-Burst-Remaining",
        "X-Quota-Limit", "X-Quota-Remaining",
    ];

    private static readonly (string Name, JsonSchemaType Type, string Description, JsonNode Example)[] All =
    [
        (RequestId, JsonSchemaType.String, "The request's id, for questions about it.", "req_6f1c0d9e8b7a4352"),
        ("X-RateLimit-Limit", JsonSchemaType.Integer, "The key's requests in a minute.", 600),
        ("X-RateLimit-Remaining", JsonSchemaType.Integer, "The key's requests left in this minute.", 597),
        ("X-RateLimit-Reset", JsonSchemaType.Integer, "When the next minute begins, in Unix seconds.", 1772373660),
        ("X-RateLimit-Burst-Limit", JsonSchemaType.Integer, "The key's requests at once.", 10),
        ("X-RateLimit-Burst-Remaining", JsonSchemaType.Integer, "The key's requests left at once.", 9),
        ("X-Quota-Limit", JsonSchemaType.Integer, "The workspace's calls in a UTC calendar month; absent where unlimited.", 1000),
        ("X-Quota-Remaining", JsonSchemaType.Integer, "The workspace's calls left in this month; absent where unlimited.", 812),
        ("Retry-After", JsonSchemaType.Integer, "The seconds after which to try again.", 1),
        ("WWW-Authenticate", JsonSchemaType.String, "How to authenticate.", "Bearer"),
        ("Location", JsonSchemaType.String, "The path of what was created, or the URL to go on to.", "/api/v1/links/0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40"),
        ("ETag", JsonSchemaType.String, "Stands for this content: send it as If-None-Match.", "\"7Qm0Yx3kT9s\""),
        ("Cache-Control", JsonSchemaType.String, "How long it may be kept, and by whom.", "private, max-age=300"),
        ("X-Client-Address", JsonSchemaType.String, "The caller's own address, as the service sees it.", "203.0.113.7"),
        ("X-Logo-Size", JsonSchemaType.Number, "The size of the logo, where the code can't carry it at its logo_size. Of an archive, the smallest.", 0.29),
        ("Content-Disposition", JsonSchemaType.String, "How to show it, and the name to save it by.", "inline; filename=\"0198f3a0-qr.svg\""),
    ];

    /// <summary>References to these headers; the document takes the description of each when it is first referred to.</summary>
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
