using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using XQr.Api.Pipeline;

namespace XQr.Api.Links;

/// <summary>What became of many links.</summary>
/// <param name="Created">Those that were created, in the order of the request.</param>
/// <param name="Errors">Why others were not.</param>
internal sealed record BulkCreateResponse(IReadOnlyList<LinkResponse> Created, IReadOnlyList<BulkError> Errors) : IExample<BulkCreateResponse>
{
    public static BulkCreateResponse Example { get; } = new([LinkResponse.Example], [BulkError.From(1, LinkErrors.SlugTaken("table-2"))]);
}

/// <summary>Why one of many was refused.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="Code">The code that it would have had alone.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Details">For a validation error every fault as <c>{"field", "message"}</c>.</param>
internal sealed record BulkError(
    int Index, string Code, string Message, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonNode? Details)
{
    public static BulkError From(int index, ApiError error) => new(index, error.Code, error.Message, error.Details);
}

/// <summary>How many links were switched.</summary>
/// <param name="Updated">Those of the ids that are links of the workspace, already switched so or not.</param>
internal sealed record BulkStatusResponse(int Updated) : IExample<BulkStatusResponse>
{
    public static BulkStatusResponse Example { get; } = new(1);
}
