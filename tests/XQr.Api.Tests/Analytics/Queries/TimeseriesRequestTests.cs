using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using XQr.Api.Analytics.Queries;
using XQr.Api.Pipeline;

namespace XQr.Api.Tests.Analytics.Queries;

public sealed class TimeseriesRequestTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 31, 23, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("interval=day", "Day", "2026-03-02..2026-03-31")]
    [InlineData("granularity=month", "Month", "2026-03-02..2026-03-31")]
    [InlineData("interval=week&granularity=month", "Week", "2026-03-02..2026-03-31")]
    [InlineData("period=hour", "Hour", "2026-03-02..2026-03-31")]
    [InlineData("interval=day&period=7d", "Day", "2026-03-25..2026-03-31")]
    [InlineData("interval=day&period=week", "Day", "2026-03-02..2026-03-31")]
    [InlineData("interval=day&period=all", "Day", "all")]
    [InlineData("interval=day&period=7d&from_date=2026-03-01", "Day", "2026-03-01..2026-03-31")]
    [InlineData("interval=day&period=7d&tz=Europe/Berlin", "Day", "2026-03-26..2026-04-01")]
    [InlineData("interval=hour&from_date=2026-03-01&to_date=2026-03-31", "Hour", "2026-03-01..2026-03-31")]
    [InlineData("interval=day&from_date=2026-03-01T23:59:59.123456789-00:01&to_date=2026-03-31t10:00", "Day", "2026-03-02..2026-03-31")]
    [InlineData("interval=day&from_date=2016-03-24&to_date=2026-03-31", "Day", "2016-03-24..2026-03-31")]
    public void Query_IsRead(string query, string interval, string days)
    {
        var (request, errors) = Read(query);

        Assert.Empty(errors);
        Assert.Equal(interval, request.Interval.ToString());
        Assert.Equal(
            days, request.Days is { } some ? string.Create(CultureInfo.InvariantCulture, $"{some.From:yyyy-MM-dd}..{some.To:yyyy-MM-dd}") : "all");
    }

    [Theory]
    [InlineData("", "interval")]
    [InlineData("interval=minute", "interval")]
    [InlineData("granularity=Day", "granularity")]
    [InlineData("interval=day&period=8d", "period")]
    [InlineData("interval=day&from_date=2026-3-1&to_date=yesterday", "from_date", "to_date")]
    [InlineData("interval=day&from_date=1999-12-31", "from_date")]
    [InlineData("interval=day&from_date=2026-02-30", "from_date")]
    [InlineData("interval=day&from_date=2026-03-02&to_date=2026-03-01", "from_date")]
    [InlineData("interval=day&to_date=2026-03-01", "from_date")]
    [InlineData("interval=day&tz=Mars/Olympus", "tz")]
    [InlineData("interval=hour&from_date=2026-02-28&to_date=2026-03-31", "from_date")]
    [InlineData("interval=hour&period=90d", "period")]
    [InlineData("interval=hour&period=all", "period")]
    [InlineData("interval=day&from_date=2016-03-23&to_date=2026-03-31", "from_date")]
    [InlineData("period=8d&tz=x", "interval", "tz", "period")]
    public void Errors_AreNamedAllAtOnce(string query, params string[] fields) => Assert.Equal(fields, Read(query).Errors);

    private static (TimeseriesRequest Request, string[] Errors) Read(string query)
    {
        var errors = new FieldErrors();
        var request = TimeseriesRequest.Read(new QueryCollection(QueryHelpers.ParseQuery(query)), Now, errors);
        return (request, errors.Any ? [.. errors.ToError().Details!.AsArray().Select(error => (string)error!["field"]!)] : []);
    }
}
