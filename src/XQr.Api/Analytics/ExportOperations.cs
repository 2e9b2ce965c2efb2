using Microsoft.AspNetCore.Http;
using XQr.Api.Analytics.Aggregation;
using XQr.Api.Analytics.Queries;
using XQr.Api.Analytics.Scans;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Analytics;

/// <summary>The scans of an export.</summary>
/// <param name="Scans">The scans ordered by hour, which may include those of other links.</param>
/// <param name="ShortCodes">The short codes of the requested links.</param>
/// <param name="Days">The UTC days.</param>
/// <param name="IncludeBots">True if the scans of bots are included.</param>
internal sealed record ScanExport(
    IAsyncEnumerable<Scan> Scans, IReadOnlyDictionary<Guid, string> ShortCodes, DayRange Days, bool IncludeBots);

/// <summary>Exports single scans of the caller's workspace.</summary>
internal sealed class ExportOperations(
    StatisticsQueries statistics, LinkDirectoryStore links, ScanArchiveStore archive, ArchiveCountStore counts, TimeProvider time)
{
    /// <summary>
    /// The maximum number of scans of several days: about 100 MB of text, or a tenth of it compressed. Creating the file takes well under a
    /// minute, which leaves time for slow connections. The scans of all links count, because all are read; so do pending ones.
    /// </summary>
    private const int MaxScans = 1_000_000;

    /// <summary>Returns the scans of days, of the workspace or of a link. The scans are read while they are enumerated.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="query">The parameters of <see cref="DatesQuery"/>, <see cref="LinkQuery"/> and <see cref="BotsQuery"/>.</param>
    /// <param name="cancellationToken">A token to cancel the operation, which includes the enumeration.</param>
    public async Task<OperationResult<QueryAnswer<ScanExport>>> ExportAsync(
        Caller caller, IQueryCollection query, CancellationToken cancellationToken)
    {
        if (caller.Plan.Require(PlanFeature.CsvExport) is { } missing)
        {
            return missing;
        }

        var errors = new FieldErrors();
        var days = DatesQuery.Read(query, LocalCalendar.Utc.DayOf(time.GetUtcNow()), errors);
        var includeBots = BotsQuery.Read(query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var answer = await statistics.TryRunAsync(
            caller.WorkspaceId,
            query["link_id"],
            includeBots,
            reader => CreateAsync(reader, days, includeBots, cancellationToken),
            cancellationToken);
        if (answer is null)
        {
            return LinkErrors.NotFound();
        }

        return answer.Value.Succeeded ? new QueryAnswer<ScanExport>(answer.Value.Value, answer.Through) : answer.Value.Error;
    }

    private async Task<OperationResult<ScanExport>> CreateAsync(
        StatisticsReader reader, DayRange days, bool includeBots, CancellationToken cancellationToken)
    {
        var workspaceId = reader.WorkspaceId;
        var range = new TimeRange(LocalCalendar.Utc.StartOf(days.From), LocalCalendar.Utc.StartOf(days.To.AddDays(1)));
        HourRows? pending = null;
        PendingBatch[] batches = [.. reader.Pending.Batches.Where(batch => range.Contains(batch.Hour))];
        if (batches.Length > 0)
        {
            pending = await archive.ReadWithPendingAsync(workspaceId, batches, cancellationToken);
            if (!pending.Range.Contains(batches[^1].Hour))
            {
                reader.ExcludeFrom(pending.Range.To);
                batches = [.. batches.Where(batch => batch.Hour < pending.Range.To)];
            }
        }

        if (days.Count > 1 && await counts.FindDayOfExcessAsync(workspaceId, range, batches, MaxScans, cancellationToken) is { } day)
        {
            return TooMany(days, day);
        }

        var shortCodes = reader.Link is { } link
            ? new Dictionary<Guid, string> { [link.Id] = link.ShortCode }
            : (await links.AllAsync(workspaceId, cancellationToken)).ToDictionary(entry => entry.Id, entry => entry.ShortCode);
        return new ScanExport(archive.ReadAsync(workspaceId, range, pending, includeBots, cancellationToken), shortCodes, days, includeBots);
    }

    /// <summary>Creates the error that names the days that fit in a file.</summary>
    private static ApiError TooMany(DayRange days, DateOnly dayOfExcess) => ApiErrors.InvalidField(
        "to_date",
        dayOfExcess > days.From
            ? $"must be {dayOfExcess.AddDays(-1):yyyy-MM-dd} or earlier for this from_date: a file of several days has at most 1,000,000 scans; "
                + "export the other days afterwards"
            : "must be the same day as from_date: that day alone has more than 1,000,000 scans, and only files of a single day may have so many");
}
