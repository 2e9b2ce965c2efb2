using XQr.Api.Work;

namespace XQr.Api.Analytics.Visitors;

/// <summary>Deletes the salts of past days.</summary>
internal sealed class SaltSweep(DailySalts salts) : IWorkHandler
{
    /// <summary>
    /// The schedule: some minutes after each hour. So the run that comes an hour after the day deletes its salt, whichever clock is behind.
    /// </summary>
    public static readonly ScheduledWork Schedule = new("salts", TimeSpan.FromHours(1)) { StartsAt = TimeSpan.FromMinutes(2) };

    public string Work => Schedule.Work;

    public async Task<string?> RunAsync(string subject, WorkBudget budget, CancellationToken cancellationToken)
    {
        await salts.RemoveAsync(cancellationToken);
        return null;
    }
}
