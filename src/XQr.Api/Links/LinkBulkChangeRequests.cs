using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;

namespace XQr.Api.Links;

/// <summary>The ids of the links of a bulk request.</summary>
internal static class BulkIds
{
    public const int Max = 200;

    /// <summary>Reads the ids as they were sent, each once. A text that is no id is the id of no link.</summary>
    public static string[] Read(JsonFields fields)
    {
        var items = fields.Items("ids");
        foreach (var (index, item) in items.Index())
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                fields.AddError($"ids[{index}]", "must be a string");
            }
        }

        return fields.Errors.Any
            ? []
            : [.. items.Select(item => item.GetString()!).DistinctBy(text => Ids.TryParse(text, out var id) ? id.ToString() : text)];
    }

    /// <summary>Returns the ids, each once, without the texts that are none.</summary>
    public static Guid[] Parse(IEnumerable<string> texts) =>
        [.. texts.Select(text => Ids.TryParse(text, out var id) ? id : (Guid?)null).OfType<Guid>().Distinct()];
}

/// <summary>The properties to set in each of many links; absent properties stay unchanged.</summary>
/// <param name="Enabled">True if the links redirect visitors.</param>
/// <param name="ExpiresAt">The time the links expire; a past time expires them at once, null means never.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BulkLinkChange([property: NotNull] bool? Enabled = null, DateTimeOffset? ExpiresAt = null)
{
    private static readonly FieldRules Rules = FieldRules.Of<BulkLinkChange>();

    /// <summary>Gets whether the change removes the expiry.</summary>
    internal bool ClearsExpiry { get; private init; }

    /// <summary>Gets whether the change sets a property.</summary>
    internal bool Any => Enabled is not null || ExpiresAt is not null || ClearsExpiry;

    public static BulkLinkChange Read(JsonFields parent)
    {
        if (parent.Object("set", Rules) is not { } fields)
        {
            return new();
        }

        var change = new BulkLinkChange(fields.Boolean("enabled"), LinkFields.ChangedExpiresAt(fields))
        {
            ClearsExpiry = fields.IsNull("expires_at"),
        };
        fields.RejectUnknownProperties();
        return change;
    }
}

/// <summary>Request to change many links independently. It has at least one property or label.</summary>
/// <param name="Ids">The ids of the links, 1 to 200.</param>
/// <param name="Set">The properties to set in each link.</param>
/// <param name="AddLabels">At most 10 labels to add to each link, each of 1 to 50 characters.</param>
/// <param name="RemoveLabels">At most 10 labels to remove from each link.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BulkUpdateRequest(
    [property: ItemCount(BulkIds.Max, Min = 1)] IReadOnlyList<Guid> Ids,
    [property: NotNull] BulkLinkChange? Set = null,
    [property: NotNull, ItemCount(LinkFields.MaxLabels), ItemLength(1, LinkFields.MaxLabelLength)] IReadOnlyList<string>? AddLabels = null,
    [property: NotNull, ItemCount(LinkFields.MaxLabels), ItemLength(1, LinkFields.MaxLabelLength)] IReadOnlyList<string>? RemoveLabels = null)
    : IExample<BulkUpdateRequest>
{
    public static BulkUpdateRequest Example { get; } = new(
        [new("0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40")],
        new(ExpiresAt: DateTimeOffset.Parse("2100-09-01T00:00:00Z", CultureInfo.InvariantCulture)),
        ["autumn"],
        ["summer"]);

    private static readonly FieldRules Rules = FieldRules.Of<BulkUpdateRequest>();

    /// <summary>Gets the ids as they were sent, each once.</summary>
    internal IReadOnlyList<string> SentIds { get; private init; } = [];

    public static BulkUpdateRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, Rules, errors);
        var ids = BulkIds.Read(fields);
        var request = new BulkUpdateRequest(
            BulkIds.Parse(ids), BulkLinkChange.Read(fields), fields.Labels("add_labels") ?? [], fields.Labels("remove_labels") ?? [])
        {
            SentIds = ids,
        };
        fields.RejectUnknownProperties();
        if (request.AddLabels!.Intersect(request.RemoveLabels!).Any())
        {
            errors.Add("remove_labels", "must not have a label of add_labels");
        }
        else if (!errors.Any && request is { Set.Any: false, AddLabels: [], RemoveLabels: [] })
        {
            errors.Add("add_labels", "must have a label, unless set has a property or remove_labels has a label");
        }

        return request;
    }

    /// <summary>Returns the error of the change for a link, or null.</summary>
    public ApiError? Validate(Link link) => LabelsOf(link).Count is > LinkFields.MaxLabels and var count && count > link.Labels.Count
        ? LinkErrors.TooManyLabels(count)
        : null;

    /// <summary>Returns the changed link, or the same link if nothing changes.</summary>
    public Link Apply(Link link, DateTimeOffset now)
    {
        var changed = link with
        {
            Enabled = Set?.Enabled ?? link.Enabled,
            ExpiresAt = Set is { ClearsExpiry: true } ? null : Set?.ExpiresAt ?? link.ExpiresAt,
            Labels = LabelsOf(link) is var labels && labels.SequenceEqual(link.Labels) ? link.Labels : labels,
        };
        return changed == link ? link : changed with { UpdatedAt = now, Version = ResourceVersion.New() };
    }

    private IReadOnlyList<string> LabelsOf(Link link) => [.. link.Labels.Except(RemoveLabels ?? []).Union(AddLabels ?? [])];
}

/// <summary>Request to delete many links.</summary>
/// <param name="Ids">The ids of the links, 1 to 200; unknown ids are skipped.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BulkDeleteRequest([property: ItemCount(BulkIds.Max, Min = 1)] IReadOnlyList<Guid> Ids) : IExample<BulkDeleteRequest>
{
    public static BulkDeleteRequest Example { get; } = new([new("0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40")]);

    private static readonly FieldRules Rules = FieldRules.Of<BulkDeleteRequest>();

    public static BulkDeleteRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, Rules, errors);
        var request = new BulkDeleteRequest(BulkIds.Parse(BulkIds.Read(fields)));
        fields.RejectUnknownProperties();
        return request;
    }
}
