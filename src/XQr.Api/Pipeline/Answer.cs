using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using XQr.Api.Primitives;

namespace XQr.Api.Pipeline;

/// <summary>Describes the successful response of an endpoint, for the API's description.</summary>
/// <param name="StatusCode">The status.</param>
/// <param name="Description">The meaning of the response, as a sentence.</param>
internal sealed record Answer(int StatusCode, string Description) : IProducesResponseTypeMetadata
{
    /// <summary>Gets the type of the JSON body; <c>void</c> if there is none.</summary>
    public Type? Type { get; init; } = typeof(void);

    public IEnumerable<string> ContentTypes { get; init; } = [];

    /// <summary>Gets a function that creates an example of the body when the description is requested.</summary>
    public Func<ApiJson, JsonNode?>? Example { get; init; }

    /// <summary>Gets the names of headers that not every response has.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];
}

/// <summary>An error that the endpoint may return, in addition to those that follow from its other metadata.</summary>
internal sealed record Failure(ApiError Error);

/// <summary>The endpoint returns errors as pages for people, unless the client prefers JSON.</summary>
internal sealed record ErrorPages;

/// <summary>The endpoint sends an ETag, and 304 to a client that has the current content.</summary>
internal sealed record Revalidation;

/// <summary>The endpoint supports <c>If-Match</c>.</summary>
internal sealed record Precondition;

/// <summary>Describes a tag of the API's description.</summary>
internal sealed record TagDescription(string Name, string Description);

/// <summary>A header that the endpoint's responses with content may have.</summary>
internal sealed record AnswerHeader(string Name);
