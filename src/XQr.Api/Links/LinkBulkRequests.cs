using System.Text.Json;
using System.Text.Json.Serialization;
using XQr.Api.Pipeline;

namespace XQr.Api.Links;

/// <summary>Request to create many links independently.</summary>
/// <param name="Links">The links, 1 to 100.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BulkCreateRequest([property: ItemCount(BulkCreateRequest.MaxLinks, Min = 1)] IReadOnlyList<CreateLinkRequest> Links)
    : IExample<BulkCreateRequest>
{
    public const int MaxLinks = 100;

    public static BulkCreateRequest Example { get; } = new(
        [new("https://example.com/table-1", Labels: ["tables"]), new("https://example.com/table-2", "table-2")]);

    private static readonly FieldRules Rules = FieldRules.Of<BulkCreateRequest>();

    /// <summary>Reads the items. An error inside an item is an error of that item only.</summary>
    public static IReadOnlyList<JsonElement> ReadItems(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, Rules, errors);
        var items = fields.Items("links");
        fields.RejectUnknownProperties();
        return items;
    }
}

/// <summary>Request to enable or disable many links.</summary>
/// <param name="Ids">The ids of the links, 1 to 200; unknown ids are skipped.</param>
/// <param name="Enabled">True to enable the links, false to disable them.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BulkStatusRequest([property: ItemCount(BulkIds.Max, Min = 1)] IReadOnlyList<Guid> Ids, bool Enabled)
    : IExample<BulkStatusRequest>
{
    public static BulkStatusRequest Example { get; } = new([new("0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40")], Enabled: false);

    private static readonly FieldRules Rules = FieldRules.Of<BulkStatusRequest>();

    public static BulkStatusRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, Rules, errors);
        var request = new BulkStatusRequest(BulkIds.Parse(BulkIds.Read(fields)), fields.Boolean("enabled") ?? false);
        fields.RejectUnknownProperties();
        return request;
    }
}
