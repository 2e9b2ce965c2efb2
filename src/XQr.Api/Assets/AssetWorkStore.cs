using System.Globalization;
using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Assets;

/// <summary>
/// What is to be done about blobs later. Table <c>AssetWork</c>, partition = minute from which it is due (<c>yyyyMMddHHmm</c>), row =
/// <c>{workspace}_{asset id}</c>, with <c>_{random}.{extension}</c> where that public blob is to go: WorkspaceId, AssetId, PublicName. A
/// row is written before its reason comes about, and removed once there is nothing left to do: so nothing is forgotten, and one query
/// finds what is due.
/// </summary>
internal sealed class AssetWorkStore(Tables tables)
{
    private const string MinuteFormat = "yyyyMMddHHmm";

    /// <summary>Notes work. One transaction.</summary>
    /// <param name="work">The work.</param>
    /// <param name="due">When it is to be done; to the minute.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task AddAsync(AssetWork work, DateTimeOffset due, CancellationToken cancellationToken) => tables.AssetWork.UpsertEntityAsync(
        new TableEntity(Minute(due.AddMinutes(1)), KeyOf(work))
        {
            ["WorkspaceId"] = work.WorkspaceId,
            ["AssetId"] = work.AssetId,
            ["PublicName"] = work.PublicName,
        },
        TableUpdateMode.Replace,
        cancellationToken);

    /// <summary>Does what is due, and removes what was done. One transaction a thousand works, and one for each. What fails stays, and keeps nothing else from being done.</summary>
    public async Task DoDueAsync(DateTimeOffset now, Func<AssetWork, Task> act, CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey le {Minute(now)}");
        await foreach (var row in tables.AssetWork.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            try
            {
                await act(ToWork(row));
                await tables.AssetWork.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                failures.Add(exception);
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }

    /// <summary>Of an asset that is unpublished twice in a minute, both public blobs have to go.</summary>
    private static string KeyOf(AssetWork work) => $"{work.WorkspaceId}_{work.PublicName?.Replace('/', '_') ?? work.AssetId.ToString()}";

    private static AssetWork ToWork(TableEntity row) =>
        new(row.GetString("WorkspaceId"), row.GetGuid("AssetId")!.Value, row.GetString("PublicName"));

    private static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString(MinuteFormat, CultureInfo.InvariantCulture);
}
