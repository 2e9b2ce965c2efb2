using System.Text.Json;
using System.Text.Json.Serialization;
using XQr.Api.Pipeline;

namespace XQr.Api.Links;

/// <summary>What creates many links, each for itself.</summary>
/// <param name="Links">1 to 100 links.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BulkCreateRequest([property: ItemCount(BulkCreateRequest.MaxLinks)] IReadOnlyList<CreateLinkRequest> Links)
    : IExample<BulkCreateRequest>
{
    public const int MaxLinks = 100;

    public static BulkCreateRequest Example { get; } = new([new("https://example.com/table-1", Labels: ["tables"]), new("https://example.com/table-2", "table-2")]);

    /// <summary>The items as they were sent; what is wrong inside one is that one's error.</summary>
    public static IReadOnlyList<JsonElement> ReadItems(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, nullIsAbsent: true, errors);
        var items = fields.Items("links", MaxLinks);
        fields.RejectUnknownProperties();
        return items;
    }
}

/// <summary>What switches many links on or off.</summary>
/// <param name="Ids">1 to 200 ids; those that the workspace doesn't have are skipped.</param>
/// <param name="Enabled">Whether they shall work.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BulkStatusRequest([property: ItemCount(BulkStatusRequest.MaxIds)] IReadOnlyList<Guid> Ids, bool Enabled)
    : IExample<BulkStatusRequest>
{
    public const int MaxIds = 200;

    public static BulkStatusRequest Example { get; } = new([new("0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40")], Enabled: false);

    public static BulkStatusRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, nullIsAbsent: true, errors);
        var items = fields.Items("ids", MaxIds);
        foreach (var (index, item) in items.Index())
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                errors.Add($"ids[{index}]", "must be a string");
            }
        }

        if (!fields.Has("enabled"))
        {
            errors.Add("enabled", "is required");
        }

        var enabled = fields.Boolean("enabled") ?? false;
        fields.RejectUnknownProperties();
        Guid[] ids = errors.Any ? [] : [.. items.Select(item => XQr.Api.Ids.TryParse(item.GetString(), out var id) ? id : Guid.Empty).Distinct()];
        return new(ids, enabled);
    }
}
