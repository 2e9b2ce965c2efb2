using Microsoft.Extensions.Logging;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Visitors;

/// <summary>Gives scans their visitors' numbers, after which nothing else is known of these.</summary>
internal sealed partial class VisitorNumbers(DailySalts salts, TimeProvider time, ILogger<VisitorNumbers> logger)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>How long scans wait for their day's salt where storage doesn't give it. Better counted without visitors than not at all.</summary>
    private static readonly TimeSpan SaltTimeout = TimeSpan.FromMinutes(1);

    /// <summary>The scans of visits, those of a day together. Never fails.</summary>
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
        [LoggerMessage(1, LogLevel.Error, "The day's salt can't be read: scans are counted without visitors")]
        public static partial void NoSalt(ILogger logger, Exception exception);
    }
}
