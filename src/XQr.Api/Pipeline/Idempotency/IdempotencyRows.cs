using System.Globalization;
using Azure.Data.Tables;
using XQr.Api.Primitives;

namespace XQr.Api.Pipeline.Idempotency;

/// <summary>
/// Describes the rows of table <c>Idempotency</c>. All have ExpiresAt.
/// <list type="table">
/// <item><term><c>{workspace}</c>, <c>{hash of method, path and key}</c></term><description>a request (<c>person_{hash}</c> for forms that
/// belong to no workspace): Content (hash of query and body), StartedAt and Seed (the operation), Run (the HTTP request that runs it, or ran
/// it last), LeasedUntil, and after completion Status, Headers, Body</description></item>
/// <item><term><c>{workspace}</c>, <c>x{hour of expiry}{hash}</c></term><description>the index of the requests by the time of expiry. It is
/// written with the request, and may be there after the request has another one</description></item>
/// <item><term><c>{hour of expiry}{shard}</c>, <c>{workspace}</c></term><description>a workspace with requests that expire in that hour (1 of
/// 64 by a hash of the workspace). It is written before them</description></item>
/// </list>
/// Hours are <c>yyyyMMddHH</c> (UTC). So everything that has expired is found by ranges of keys.
/// </summary>
internal static class IdempotencyRows
{
    /// <summary>The time after which a key is new again.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    /// <summary>The length of an hour in keys.</summary>
    public const int HourLength = 10;

    private const string IndexPrefix = "x";

    public static string HourOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);

    /// <summary>Returns the first characters of the index of an hour.</summary>
    public static string IndexOf(string hour) => $"{IndexPrefix}{hour}";

    /// <summary>Returns the row of a request to which a row of the index belongs.</summary>
    public static string RequestOf(string indexKey) => indexKey[(IndexPrefix.Length + HourLength)..];

    /// <summary>Returns whether a request expires in the hour of a row of the index. Otherwise its key was used again.</summary>
    public static bool IsOf(TableEntity request, string indexKey) =>
        indexKey.StartsWith(IndexOf(HourOf(request.GetDateTimeOffset("ExpiresAt")!.Value)), StringComparison.Ordinal);

    /// <summary>Returns the row of a request that starts now.</summary>
    /// <param name="request">The request.</param>
    /// <param name="seed">The seed of the operation.</param>
    /// <param name="leasedUntil">The time until which no other run may start.</param>
    public static TableEntity ToRow(KeyedRequest request, CreationSeed seed, DateTimeOffset leasedUntil) => new(request.WorkspaceId, request.Name)
    {
        ["Content"] = request.Content,
        ["StartedAt"] = seed.At,
        ["Seed"] = seed.Seed,
        ["Run"] = request.Run,
        ["LeasedUntil"] = leasedUntil,
        ["ExpiresAt"] = seed.At + Retention,
    };

    public static CreationSeed ToSeed(TableEntity row) => new(row.GetDateTimeOffset("StartedAt")!.Value, row.GetBinary("Seed"));

    /// <summary>Returns the actions that write a request and its row of the index.</summary>
    public static TableTransactionAction[] WithIndex(TableTransactionAction request)
    {
        var row = (TableEntity)request.Entity;
        var expiresAt = row.GetDateTimeOffset("ExpiresAt")!.Value;
        var index = new TableEntity(row.PartitionKey, $"{IndexOf(HourOf(expiresAt))}{row.RowKey}") { ["ExpiresAt"] = expiresAt };
        return [request, new(TableTransactionActionType.UpsertReplace, index)];
    }
}
