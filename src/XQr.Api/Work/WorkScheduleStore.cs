using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Work;

/// <summary>Stores the time at which scheduled work was last requested. Table <c>Work</c>, partition <c>t</c>, row <c>{work}</c>: At.</summary>
internal sealed class WorkScheduleStore(Tables tables)
{
    private const string Partition = "t";

    /// <summary>Returns the last request of each work. One transaction.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadAsync(CancellationToken cancellationToken) =>
        await tables.Work.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellationToken)
            .ToDictionaryAsync(row => row.RowKey, row => row.GetDateTimeOffset("At") ?? default, StringComparer.Ordinal, cancellationToken);

    /// <summary>Stores the request of a work. One transaction.</summary>
    public Task SetAsync(string work, DateTimeOffset at, CancellationToken cancellationToken) => tables.Work.UpsertEntityAsync(
        new TableEntity(Partition, work) { ["At"] = at }, TableUpdateMode.Replace, cancellationToken);
}
