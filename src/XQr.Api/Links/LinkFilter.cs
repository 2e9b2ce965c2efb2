using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;

namespace XQr.Api.Links;

/// <summary>The filter of a list of links; null matches any link.</summary>
/// <param name="Label">The label that links must have.</param>
/// <param name="Enabled">The state that links must have: enabled or disabled.</param>
/// <param name="Text">The text that the short code or destination must contain, in any case.</param>
internal sealed record LinkFilter(string? Label = null, bool? Enabled = null, [property: JsonPropertyName("q")] string? Text = null)
{
    /// <summary>Reads a filter from a query and adds its errors.</summary>
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
