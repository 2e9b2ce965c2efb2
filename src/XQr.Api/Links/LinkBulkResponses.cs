using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using XQr.Api.Pipeline;
using XQr.Api.Urls;

namespace XQr.Api.Links;

/// <summary>The result of a bulk creation.</summary>
/// <param name="Created">The created links, in the order of the request.</param>
/// <param name="Errors">The errors of the other links.</param>
internal sealed record BulkCreateResponse(IReadOnlyList<LinkResponse> Created, IReadOnlyList<BulkError> Errors) : IExample<BulkCreateResponse>
{
    public static BulkCreateResponse Example { get; } = new([LinkResponse.Example], [BulkError.From(1, LinkErrors.SlugTaken("table-2"))]);

    public static BulkCreateResponse From(IReadOnlyList<OperationResult<Link>> results, PublicUrls urls) => new(
        [.. results.Where(result => result.Succeeded).Select(result => LinkResponse.From(result.Value!, urls))],
        [.. results.Index().Where(entry => !entry.Item.Succeeded).Select(entry => BulkError.From(entry.Index, entry.Item.Error!))]);
}

/// <summary>The error of one item of a bulk request.</summary>
/// <param name="Index">The index in the request, from 0.</param>
/// <param name="Code">The error code, as for a single request.</param>
/// <param name="Message">A message for people.</param>
/// <param name="Details">For a validation error, each error as <c>{"field", "message"}</c>.</param>
internal sealed record BulkError(
    int Index, string Code, string Message, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonNode? Details)
{
    public static BulkError From(int index, ApiError error) => new(index, error.Code, error.Message, error.Details);
}

/// <summary>The result of a bulk change of state.</summary>
/// <param name="Updated">The number of ids that are links of the workspace, including links that had this state already.</param>
internal sealed record BulkStatusResponse(int Updated) : IExample<BulkStatusResponse>
{
    public static BulkStatusResponse Example { get; } = new(1);
}
