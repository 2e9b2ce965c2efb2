using Microsoft.Extensions.Logging;
using XQr.Api.Analytics.Scans;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Visitors;

/// <summary>Replaces the traits of visitors by numbers.</summary>
internal sealed partial class VisitorNumbers(DailySalts salts, TimeProvider time, ILogger<VisitorNumbers> logger)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>The time for which scans wait for their day's salt during an outage. After that they are counted without visitors.</summary>
    private static readonly TimeSpan SaltTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Returns the scans of visits with their visitor numbers, grouped by day. Does not throw.</summary>
    public async Task<IReadOnlyList<Scan>> NumberAsync(string workspaceId, IReadOnlyList<Visit> visits)
    {
        var scans = new List<Scan>(visits.Count);
        foreach (var day in visits.GroupBy(visit => visit.Scan.At.UtcDateTime.Date))
        {
            var salt = day.Any(visit => visit.Traits is not null) ? await FindSaltAsync(day.First().Scan.At) : null;
            scans.AddRange(day.Select(visit =>
                salt is null || visit.Traits is null ? visit.Scan : visit.Scan with { Visitor = visit.Traits.NumberOf(salt, workspaceId) }));
        }

        return scans;
    }

    private async Task<byte[]?> FindSaltAsync(DateTimeOffset at)
    {
        for (var startedAt = time.GetTimestamp(); ;)
        {
            try
            {
                return await salts.FindAsync(at, CancellationToken.None);
            }
            catch (Exception exception) when (StorageFailure.IsOutage(exception) && time.GetElapsedTime(startedAt) < SaltTimeout)
            {
                await Task.Delay(RetryInterval, time);
            }
            catch (Exception exception)
            {
                Log.NoSalt(logger, exception);
                return null;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "The day's salt cannot be read. Scans are counted without visitors. Check the storage account and the app's role assignments.")]
        public static partial void NoSalt(ILogger logger, Exception exception);
    }
}
