using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using XQr.Api.Primitives;

namespace XQr.Api.Pipeline;

/// <summary>How the endpoint answers when all goes well, for the API's description.</summary>
/// <param name="StatusCode">The status.</param>
/// <param name="Description">What it means, in a sentence.</param>
internal sealed record Answer(int StatusCode, string Description) : IProducesResponseTypeMetadata
{
    /// <summary>What the JSON is written from; nothing for answers without a body.</summary>
    public Type? Type { get; init; } = typeof(void);

    public IEnumerable<string> ContentTypes { get; init; } = [];

    /// <summary>Makes an example of the body; called when somebody asks for the description.</summary>
    public Func<ApiJson, JsonNode?>? Example { get; init; }

    /// <summary>The headers of its own, beside those that every answer has.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];
}

/// <summary>An error that the endpoint may answer, beside those that follow from what else it declares.</summary>
internal sealed record Failure(ApiError Error);

/// <summary>Errors of this endpoint are pages for people, unless JSON is preferred.</summary>
internal sealed record ErrorPages;

/// <summary>The endpoint sends an ETag and answers 304 to who has what it would send.</summary>
internal sealed record Revalidation;

/// <summary>The endpoint heeds <c>If-Match</c>.</summary>
internal sealed record Precondition;

/// <summary>What a tag of the API's description stands for.</summary>
internal sealed record TagDescription(string Name, string Description);

/// <summary>A header that the answers of an endpoint with content may have.</summary>
internal sealed record AnswerHeader(string Name);
