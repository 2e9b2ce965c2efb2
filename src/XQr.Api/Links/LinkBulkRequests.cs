using System.Text.Json;
using XQr.Api.Pipeline;

namespace XQr.Api.Links;

/// <summary>What creates many links, each for itself.</summary>
/// <param name="Links">1 to 100 links.</param>
internal sealed record BulkCreateRequest(IReadOnlyList<CreateLinkRequest> Links)
{
    public const int MaxLinks = 100;

    /// <summary>The items as they were sent; what is wrong inside one is that one's error.</summary>
    public static IReadOnlyList<JsonElement> ReadItems(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, nullIsAbsent: false, errors);
        var items = fields.Items("links", MaxLinks);
        fields.RefuseOthers();
        return items;
    }
}

/// <summary>What switches many links on or off.</summary>
/// <param name="Ids">1 to 200 ids; those that the workspace doesn't have are skipped.</param>
/// <param name="Enabled">Whether they shall work.</param>
internal sealed record BulkStatusRequest(IReadOnlyList<Guid> Ids, bool Enabled)
{
    public const int MaxIds = 200;

    public static BulkStatusRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, nullIsAbsent: false, errors);
        var items = fields.Items("ids", MaxIds);
        foreach (var (index, item) in items.Index())
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                errors.Add($"ids[{index}]", "must be a text");
            }
        }

        if (!fields.Has("enabled"))
        {
            errors.Add("enabled", "is required");
        }

        var enabled = fields.Boolean("enabled") ?? false;
        fields.RefuseOthers();
        Guid[] ids = errors.Any ? [] : [.. items.Select(item => XQr.Api.Ids.TryParse(item.GetString(), out var id) ? id : Guid.Empty).Distinct()];
        return new(ids, enabled);
    }
}
