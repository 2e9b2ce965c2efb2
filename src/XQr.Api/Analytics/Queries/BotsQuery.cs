using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>The parameter that includes bots.</summary>
/// <param name="IncludeBots">True to count crawlers, link previews and tools too. The default counts people only.</param>
internal sealed record BotsQuery(bool IncludeBots = false)
{
    /// <summary>Reads the parameter, and adds its error.</summary>
    public static bool Read(IQueryCollection query, FieldErrors errors)
    {
        if (!query.TryGetValue("include_bots", out var text))
        {
            return false;
        }

        if (QueryReader.TryReadBoolean(text.ToString(), out var includeBots))
        {
            return includeBots;
        }

        errors.Add("include_bots", QueryReader.BooleanRule);
        return false;
    }
}
