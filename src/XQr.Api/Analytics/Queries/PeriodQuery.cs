using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>The parameter that selects a period up to today.</summary>
/// <param name="Period">The days in UTC up to today, or <c>all</c>. The default is <c>30d</c>, and <c>all</c> for one link.</param>
internal sealed record PeriodQuery([property: RegularExpression(PeriodQuery.Pattern, ErrorMessage = PeriodQuery.Rule)] string? Period = null)
{
    public const string Rule = "must be 7d, 30d, 90d or all";
    public const string All = "all";
    public const string Default = "30d";

    private const string Pattern = "^(7d|30d|90d|all)$";

    private static readonly FieldRules Rules = FieldRules.Of<PeriodQuery>();

    /// <summary>Reads the days of the period, and adds its error.</summary>
    /// <param name="query">The query.</param>
    /// <param name="today">The last day of the period.</param>
    /// <param name="absent">The period if the parameter is absent.</param>
    /// <param name="errors">The errors to add to.</param>
    /// <returns>The days; null for all.</returns>
    public static DayRange? Read(IQueryCollection query, DateOnly today, string absent, FieldErrors errors) =>
        (new QueryValues(query, Rules, errors).Text("period") ?? absent) switch
        {
            "7d" => DayRange.Ending(today, 7),
            "30d" => DayRange.Ending(today, 30),
            "90d" => DayRange.Ending(today, 90),
            _ => null,
        };
}
