using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using XQr.Api.Storage;
using XQr.Api.Work;

namespace XQr.Api.Assets;

/// <summary>Cleanup work for the blobs of an asset, which runs even if the process that added it dies.</summary>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="AssetId">The asset, which may be deleted.</param>
/// <param name="PublicName">The public blob to delete if the asset no longer has it.</param>
internal sealed record AssetWork(string WorkspaceId, Guid AssetId, string? PublicName = null);

/// <summary>
/// Stores cleanup work. Table <c>AssetWork</c>, partition = minute from which it is due (<c>yyyyMMddHHmm</c>), row =
/// <c>{workspace}_{asset id}</c>, with <c>_{random}.{extension}</c> to delete that public blob: WorkspaceId, AssetId, PublicName. A row is
/// written before the change that needs the work, and deleted when the work is done, so no work is lost and one query finds all due work.
/// Failed work has Attempts; after too many of them it moves to the partition <c>failed</c> for an operator.
/// </summary>
internal sealed partial class AssetWorkStore(Tables tables, AssetMetrics metrics, ILogger<AssetWorkStore> logger)
{
    /// <summary>The maximum number of attempts, which take about a week and a half.</summary>
    private const int MaxAttempts = 16;

    /// <summary>The partition of work that is not retried. It sorts after all minutes.</summary>
    private const string FailedPartition = "failed";

    private const string MinuteFormat = "yyyyMMddHHmm";

    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(1);

    /// <summary>Adds work. Takes one transaction.</summary>
    /// <param name="work">The work.</param>
    /// <param name="due">The time the work is due, to the minute.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task AddAsync(AssetWork work, DateTimeOffset due, CancellationToken cancellationToken) => tables.AssetWork.UpsertEntityAsync(
        new TableEntity(Minute(due.AddMinutes(1)), KeyOf(work))
        {
            ["WorkspaceId"] = work.WorkspaceId,
            ["AssetId"] = work.AssetId,
            ["PublicName"] = work.PublicName,
        },
        TableUpdateMode.Replace,
        cancellationToken);

    /// <summary>Returns whether work is due. One transaction if none is.</summary>
    public async Task<bool> HasDueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        await tables.AssetWork.QueryAsync<TableEntity>(DueAt(now), maxPerPage: 1, ["PartitionKey"], cancellationToken).AnyAsync(cancellationToken);

    /// <summary>
    /// Runs due work and deletes completed work, until the budget is used up. Failed work is retried with growing delays and does not stop
    /// other work. Takes one transaction for each 1,000 entries, one for each entry and one more for each failure.
    /// </summary>
    public Task RunDueAsync(
        DateTimeOffset now, WorkBudget budget, Func<AssetWork, CancellationToken, Task> run, CancellationToken cancellationToken) =>
        budget.RunEachAsync(
            tables.AssetWork.QueryAsync<TableEntity>(DueAt(now), cancellationToken: cancellationToken),
            async (row, token) =>
            {
                if (await TryRunAsync(row, run, token) is { } failure)
                {
                    await PostponeAsync(row, now, failure, token);
                }

                await tables.AssetWork.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, token);
            },
            cancellationToken);

    /// <summary>Runs work. Returns the exception if it fails.</summary>
    private static async Task<Exception?> TryRunAsync(
        TableEntity row, Func<AssetWork, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        try
        {
            await run(ToWork(row), cancellationToken);
            return null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return exception;
        }
    }

    /// <summary>Schedules failed work again, or moves it to the failed partition. An outage of storage does not count as a failure.</summary>
    private async Task PostponeAsync(TableEntity row, DateTimeOffset now, Exception failure, CancellationToken cancellationToken)
    {
        var attempts = (row.GetInt32("Attempts") ?? 0) + (StorageFailure.IsOutage(failure) ? 0 : 1);
        var isFinal = attempts >= MaxAttempts;
        var later = new TableEntity(row) { ["Attempts"] = attempts };
        later.PartitionKey = isFinal ? FailedPartition : Minute((now + DelayAfter(attempts)).AddMinutes(1));
        await tables.AssetWork.UpsertEntityAsync(later, TableUpdateMode.Replace, cancellationToken);
        if (isFinal)
        {
            metrics.AddFailedWork();
            Log.Failed(logger, row.GetString("WorkspaceId"), row.GetGuid("AssetId"), attempts, failure);
        }
        else
        {
            Log.Postponed(logger, row.GetString("WorkspaceId"), row.GetGuid("AssetId"), attempts, failure);
        }
    }

    /// <summary>Returns the delay: 5, 10, 20 … minutes up to a day, with up to 50 % jitter.</summary>
    private static TimeSpan DelayAfter(int attempts) =>
        Math.Min(MaxDelay.TotalMinutes, 5 * Math.Pow(2, Math.Max(attempts - 1, 0))) * TimeSpan.FromMinutes(1 + (Random.Shared.NextDouble() / 2));

    private static string DueAt(DateTimeOffset now) => TableClient.CreateQueryFilter($"PartitionKey le {Minute(now)}");

    /// <summary>Returns the row key. It contains the public name, because an asset can be unpublished twice in a minute.</summary>
    private static string KeyOf(AssetWork work) => $"{work.WorkspaceId}_{work.PublicName?.Replace('/', '_') ?? work.AssetId.ToString()}";

    private static AssetWork ToWork(TableEntity row) =>
        new(row.GetString("WorkspaceId"), row.GetGuid("AssetId")!.Value, row.GetString("PublicName"));

    private static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString(MinuteFormat, CultureInfo.InvariantCulture);

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "The blobs of asset {AssetId} of workspace {WorkspaceId} could not be deleted in {Attempts} attempts so far; they are retried later")]
        public static partial void Postponed(ILogger logger, string? workspaceId, Guid? assetId, int attempts, Exception failure);

        [LoggerMessage(
            2,
            LogLevel.Error,
            "The blobs of asset {AssetId} of workspace {WorkspaceId} could not be deleted in {Attempts} attempts and are not retried; "
            + "find the cause in the containers assets and assets-public, such as a retention policy, delete the blobs, "
            + "and delete the row in the partition failed of the table AssetWork")]
        public static partial void Failed(ILogger logger, string? workspaceId, Guid? assetId, int attempts, Exception failure);
    }
}
