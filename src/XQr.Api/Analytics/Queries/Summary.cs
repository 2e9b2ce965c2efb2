using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Links;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Queries;

/// <summary>Creates the summary of a workspace with four concurrent reads.</summary>
internal sealed class Summary(StatisticsReader reader, CountedCommits<LinkUsage> usage)
{
    private const int MaxCountries = 10;

    /// <summary>Creates the summary.</summary>
    /// <param name="days">The period; null for all days.</param>
    /// <param name="lastMonth">The last 30 days.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<SummaryResponse> CreateAsync(DayRange? days, DayRange lastMonth, CancellationToken cancellationToken)
    {
        var counting = usage.FindAsync(reader.WorkspaceId, cancellationToken);
        var active = reader.LinksAsync(lastMonth, cancellationToken);
        var before = days is { } some ? reader.TotalsAsync(some.Before, StatisticsParts.None, cancellationToken) : null;
        var totals = await reader.TotalsAsync(days, StatisticsParts.Counts | StatisticsParts.Visitors, cancellationToken);
        var countries = totals.By(Dimension.Country);
        return new(
            (await counting).Links,
            totals.Scans,
            (await active).Count,
            countries.Count(country => country.Value != Scan.UnknownCountry),
            totals.Visitors,
            before is null ? null : ChangeOf((await before).Scans, totals.Scans),
            [.. countries.Take(MaxCountries).Select(country => new TopCountry(CountryCodes.NameOf(country.Value), country.Value, country.Count))],
            [.. totals.By(Dimension.Device).Select(
                device => new TopDevice(device.Value, device.Count, Rounded(100m * device.Count / totals.Scans)))]);
    }

    private static double? ChangeOf(long before, long now) => before == 0 ? null : Rounded(100m * (now - before) / before);

    /// <summary>Rounds to one decimal, and halves away from zero.</summary>
    private static double Rounded(decimal percent) => (double)Math.Round(percent, 1, MidpointRounding.AwayFromZero);
}
