using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Tenancy;

/// <summary>Lists the prefixes of the keys of all workspaces: the partitions of table <c>ApiKeys</c>, see <see cref="KeyRows"/>.</summary>
internal sealed class KeyPrefixStore(Tables tables)
{
    private const int MaxPrefixes = 1_000_000;

    /// <summary>Returns up to a million prefixes as numbers. Costs one transaction for each thousand keys.</summary>
    public async Task<uint[]> ListAsync(CancellationToken cancellationToken) =>
        await tables.ApiKeys.QueryAsync<TableEntity>(select: ["PartitionKey"], cancellationToken: cancellationToken)
            .Select(row => ApiKeyText.NumberOf(row.PartitionKey)).Take(MaxPrefixes).ToArrayAsync(cancellationToken);
}
