using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;

namespace XQr.Api.Links;

/// <summary>Which links a list is to show; null for any.</summary>
/// <param name="Label">Only links with this label.</param>
/// <param name="Enabled">Only links that are switched on, or off.</param>
/// <param name="Text">Only links with this text in their short code or destination, in any case.</param>
internal sealed record LinkFilter(string? Label = null, bool? Enabled = null, [property: JsonPropertyName("q")] string? Text = null)
{
    public static LinkFilter Read(IQueryCollection query, FieldErrors errors)
    {
        bool? enabled = QueryReader.TryReadBoolean(query["enabled"].ToString(), out var value) ? value : null;
        if (enabled is null && query.ContainsKey("enabled"))
        {
            errors.Add("enabled", QueryReader.BooleanRule);
        }

        return new(
            query.TryGetValue("label", out var label) ? label.ToString().Trim() : null,
            enabled,
            query.TryGetValue("q", out var text) && text.ToString() is { Length: > 0 } wanted ? wanted : null);
    }
}
