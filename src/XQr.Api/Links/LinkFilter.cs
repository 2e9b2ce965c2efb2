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
    private static readonly FieldRules Rules = FieldRules.Of<LinkFilter>();

    /// <summary>Reads a filter from a query and adds its errors.</summary>
    public static LinkFilter Read(IQueryCollection query, FieldErrors errors)
    {
        var fields = new QueryValues(query, Rules, errors);
        return new(fields.Text("label")?.Trim(), fields.Boolean("enabled"), fields.Text("q") is { Length: > 0 } text ? text : null);
    }
}
