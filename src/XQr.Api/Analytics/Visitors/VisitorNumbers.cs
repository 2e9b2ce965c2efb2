using Microsoft.Extensions.Logging;
using XQr.Api.Analytics.Scans;

namespace XQr.Api.Analytics.Visitors;

/// <summary>Replaces the traits of visitors by numbers. Scans whose salt storage does not return in time are counted without visitors.</summary>
internal sealed partial class VisitorNumbers(DailySalts salts, ILogger<VisitorNumbers> logger)
{
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
        try
        {
            return await salts.FindAsync(at, CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.NoSalt(logger, exception);
            return null;
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
