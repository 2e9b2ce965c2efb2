using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>The parameter that includes bots.</summary>
/// <param name="IncludeBots">True to count crawlers, link previews and tools too. The default counts people only.</param>
internal sealed record BotsQuery(bool IncludeBots = false)
{
    private static readonly FieldRules Rules = FieldRules.Of<BotsQuery>();

    /// <summary>Reads the parameter, and adds its error.</summary>
    public static bool Read(IQueryCollection query, FieldErrors errors) => new QueryValues(query, Rules, errors).Boolean("include_bots") ?? false;
}
