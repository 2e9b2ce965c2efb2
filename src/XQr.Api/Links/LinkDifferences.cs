using System.Globalization;
using XQr.Api.Primitives;

namespace XQr.Api.Links;

/// <summary>Compares two versions of a link.</summary>
internal static class LinkDifferences
{
    /// <summary>Returns the values that differ, by their names in the API. The order of labels is no difference.</summary>
    public static IReadOnlyList<FieldChange> Between(Link before, Link after)
    {
        var changes = new List<FieldChange>();
        Compare("destination", before.Destination, after.Destination);
        Compare("enabled", Text(before.Enabled), Text(after.Enabled));
        Compare("expires_at", Text(before.ExpiresAt), Text(after.ExpiresAt));
        changes.AddRange(before.Labels.Except(after.Labels).Select(label => FieldChange.Of("labels", label, null)));
        changes.AddRange(after.Labels.Except(before.Labels).Select(label => FieldChange.Of("labels", null, label)));
        if (!before.RoutingRules.Equals(after.RoutingRules))
        {
            changes.Add(FieldChange.Of("routing_rules", Count(before), Count(after)));
        }

        return changes;

        void Compare(string field, string? from, string? to)
        {
            if (from != to)
            {
                changes.Add(FieldChange.Of(field, from, to));
            }
        }
    }

    private static string Text(bool value) => value ? "true" : "false";

    private static string? Text(DateTimeOffset? time) => time?.UtcDateTime.ToString(Rfc3339.TimeFormat, CultureInfo.InvariantCulture);

    private static string Count(Link link) => link.RoutingRules.All.Count.ToString(CultureInfo.InvariantCulture);
}
