using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>Who is counted.</summary>
/// <param name="IncludeBots">Whether crawlers, link previews and tools are counted with the people, who alone are by default.</param>
internal sealed record BotsQuery(bool IncludeBots = false)
{
    public const string Fault = QueryReader.BooleanRule;

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

        errors.Add("include_bots", Fault);
        return false;
    }
}
