using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Analytics.Visitors;

/// <summary>
/// Stores the daily salts. Table <c>Salts</c>, partition <c>salt</c>, row <c>{yyyyMMdd}</c> (UTC): Salt, 32 random bytes. The first instance
/// that needs a day's salt creates it, so all instances use the same.
/// </summary>
internal sealed class SaltStore(Tables tables)
{
    private const string Partition = "salt";
    private const int Length = 32;

    /// <summary>Returns the salt of a day; null if there is none. One transaction.</summary>
    public async Task<byte[]?> FindAsync(DateOnly day, CancellationToken cancellationToken) =>
        (await tables.Salts.FindAsync(Partition, KeyOf(day), cancellationToken))?.GetBinary("Salt");

    /// <summary>Returns the salt of a day, and creates it if there is none. One to three transactions.</summary>
    public async Task<byte[]> FindOrAddAsync(DateOnly day, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FindAsync(day, cancellationToken) is { } found)
            {
                return found;
            }

            var salt = RandomNumberGenerator.GetBytes(Length);
            if (await tables.Salts.TryAddAsync(new(Partition, KeyOf(day)) { ["Salt"] = salt }, cancellationToken) is not null)
            {
                return salt;
            }
        }
    }

    /// <summary>Deletes the salts of earlier days.</summary>
    public async Task RemoveAsync(DateOnly before, CancellationToken cancellationToken)
    {
        var old = tables.Salts.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey lt {KeyOf(before)}"),
            select: ["PartitionKey", "RowKey"],
            cancellationToken: cancellationToken);
        await foreach (var row in old)
        {
            await tables.Salts.DeleteEntityAsync(row, ETag.All, cancellationToken);
        }
    }

    private static string KeyOf(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
