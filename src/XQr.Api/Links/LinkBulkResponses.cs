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

/// <summary>The result of a bulk change.</summary>
/// <param name="Updated">The number of links that have the change now, including links that had it already.</param>
/// <param name="Errors">The errors of the other ids.</param>
internal sealed record BulkUpdateResponse(int Updated, IReadOnlyList<BulkLinkError> Errors) : IExample<BulkUpdateResponse>
{
    public static BulkUpdateResponse Example { get; } =
        new(1, [BulkLinkError.From("0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a41", LinkErrors.NotFound())]);

    public static BulkUpdateResponse From(IReadOnlyList<BulkChange> changes) => new(
        changes.Count(change => change.Error is null),
        [.. changes.Where(change => change.Error is not null).Select(change => BulkLinkError.From(change.Id, change.Error!))]);
}

/// <summary>The error of one link of a bulk change.</summary>
/// <param name="Id">The id as it was sent.</param>
/// <param name="Code">The error code, as for a single request.</param>
/// <param name="Message">A message for people.</param>
internal sealed record BulkLinkError(string Id, string Code, string Message)
{
    public static BulkLinkError From(string id, ApiError error) => new(id, error.Code, error.Message);
}

/// <summary>The result of a bulk deletion.</summary>
/// <param name="Deleted">The number of links that this request deleted.</param>
internal sealed record BulkDeleteResponse(int Deleted) : IExample<BulkDeleteResponse>
{
    public static BulkDeleteResponse Example { get; } = new(1);
}
