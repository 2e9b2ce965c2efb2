using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>The parameters that select the interval of a time series.</summary>
/// <param name="Interval">The time that one point covers, required here or as <c>granularity</c>.</param>
/// <param name="Granularity">Another name for <c>interval</c>, which takes precedence.</param>
internal sealed record IntervalQuery(Interval? Interval = null, Interval? Granularity = null)
{
    public const string Rule = "must be hour, day, week or month";

    /// <summary>Returns whether a client sends the interval as <c>period</c>, such as <c>period=day</c>.</summary>
    public static bool IsPeriodAnInterval(IQueryCollection query) => TryRead(query["period"]) is not null;

    /// <summary>Reads the interval, and adds its error.</summary>
    public static Interval Read(IQueryCollection query, FieldErrors errors)
    {
        var name = query.ContainsKey("interval") ? "interval"
            : query.ContainsKey("granularity") ? "granularity"
            : IsPeriodAnInterval(query) ? "period" : "interval";
        if (TryRead(query[name]) is { } interval)
        {
            return interval;
        }

        errors.Add(name, query.ContainsKey(name) ? Rule : "is required: hour, day, week or month");
        return default;
    }

    private static Interval? TryRead(string? text) => text switch
    {
        "hour" => Queries.Interval.Hour,
        "day" => Queries.Interval.Day,
        "week" => Queries.Interval.Week,
        "month" => Queries.Interval.Month,
        _ => null,
    };
}
