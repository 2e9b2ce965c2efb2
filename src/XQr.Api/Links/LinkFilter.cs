using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;

namespace XQr.Api.Links;

/// <summary>Which links a list is to show; null for any.</summary>
/// <param name="Label">Only links with this label.</param>
/// <param name="Enabled">Only links that are switched on, or off.</param>
internal sealed record LinkFilter(string? Label = null, bool? Enabled = null)
{
    public static LinkFilter Read(IQueryCollection query, FieldErrors errors)
    {
        bool? enabled = query["enabled"].ToString() switch { "true" => true, "false" => false, _ => null };
        if (enabled is null && query.ContainsKey("enabled"))
        {
            errors.Add("enabled", "must be true or false");
        }

        return new(query.TryGetValue("label", out var label) ? label.ToString() : null, enabled);
    }

    public bool Matches(Link link) =>
        (Label is null || link.Labels.Contains(Label, StringComparer.Ordinal)) && (Enabled is null || link.Enabled == Enabled);
}
