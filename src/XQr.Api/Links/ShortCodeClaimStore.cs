using Azure;
using Azure.Data.Tables;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>
/// Claims short codes before their links are created, and publishes them afterwards, over the rows that <see cref="ShortCodeStore"/>
/// describes. Many codes of one bucket take one transaction.
/// </summary>
internal sealed class ShortCodeClaimStore(Tables tables, ShortCodeStore codes, TimeProvider time)
{
    private const int TransactionRows = 100;
    private const int Parallelism = 16;

    /// <summary>Claims a short code. Takes one transaction if the code is free.</summary>
    public Task<CodeClaim> ClaimAsync(Link link, CancellationToken cancellationToken)
    {
        var claim = NewClaim(link);
        return time.RetryAsync<CodeClaim>(
            $"short code {claim.RowKey}",
            async () =>
            {
                if (await tables.ShortCodes.TryAddAsync(claim, cancellationToken) is { } added)
                {
                    return CodeClaim.Claimed(added);
                }

                if (await tables.ShortCodes.FindAsync(claim.PartitionKey, claim.RowKey, cancellationToken) is not { } other)
                {
                    return null;
                }

                var isClaim = other.GetString("Doubt") == ShortCodeRow.Creating;
                if (other.GetGuid("Link") == link.Id)
                {
                    // The code belongs to this creation: an earlier run or an attempt whose response was lost wrote it. The link may have
                    // been changed or deleted since, so this run must not publish it.
                    return isClaim ? CodeClaim.Claimed(other.ETag)
                        : await codes.IsInUseAsync(other, cancellationToken) ? CodeClaim.Completed
                        : null;
                }

                return (isClaim && !codes.IsOld(other)) || await codes.IsInUseAsync(other, cancellationToken) ? CodeClaim.Taken : null;
            },
            cancellationToken);
    }

    /// <summary>Claims distinct short codes. Takes one transaction for each bucket if they are free.</summary>
    /// <returns>The claim of each link.</returns>
    public async Task<IReadOnlyList<CodeClaim>> ClaimAsync(IReadOnlyList<Link> links, CancellationToken cancellationToken)
    {
        var claims = new CodeClaim[links.Count];
        await ForEachBucketAsync(links, async (indexes, token) =>
        {
            var marks = await TryTransactAsync(indexes, index => new(TableTransactionActionType.Add, NewClaim(links[index])), token);
            foreach (var (position, index) in indexes.Index())
            {
                claims[index] = marks is null ? await ClaimAsync(links[index], token) : CodeClaim.Claimed(marks[position]);
            }
        }, cancellationToken);
        return claims;
    }

    /// <summary>Publishes created links and removes their marks. Takes one transaction for each bucket.</summary>
    public Task PublishAsync(IReadOnlyList<(Link Link, ETag Mark)> links, CancellationToken cancellationToken) =>
        ForEachBucketAsync([.. links.Select(entry => entry.Link)], async (indexes, token) =>
        {
            if (await TryTransactAsync(
                indexes,
                index => new(TableTransactionActionType.UpdateReplace, ShortCodeRow.From(links[index].Link), links[index].Mark),
                token) is null)
            {
                foreach (var index in indexes)
                {
                    await codes.PublishAsync(links[index].Link, links[index].Mark, token);
                }
            }
        }, cancellationToken);

    private TableEntity NewClaim(Link link) => ShortCodeRow.From(link, ShortCodeRow.Creating, time.GetUtcNow());

    /// <summary>Runs an action for the indexes of the links of each bucket, at most as many as a transaction can have.</summary>
    private static Task ForEachBucketAsync(
        IReadOnlyList<Link> links, Func<int[], CancellationToken, ValueTask> action, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, links.Count)
                .GroupBy(index => ShortCodes.Bucket(links[index].ShortCode))
                .SelectMany(bucket => bucket.Chunk(TransactionRows)),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            action);

    /// <summary>Changes many rows in one transaction. Returns null on a conflict, and for a single row, which needs no transaction.</summary>
    private async Task<IReadOnlyList<ETag>?> TryTransactAsync(
        int[] indexes, Func<int, TableTransactionAction> action, CancellationToken cancellationToken) =>
        indexes.Length > 1 ? await tables.ShortCodes.TryTransactAsync(indexes.Select(action), cancellationToken) : null;
}

/// <summary>The result of a claim of a short code.</summary>
/// <param name="State">The state of the short code.</param>
/// <param name="Mark">The version of the claimed row.</param>
internal readonly record struct CodeClaim(CodeClaimState State, ETag Mark = default)
{
    public static CodeClaim Taken { get; } = new(CodeClaimState.Taken);

    public static CodeClaim Completed { get; } = new(CodeClaimState.Completed);

    public static CodeClaim Claimed(ETag mark) => new(CodeClaimState.Claimed, mark);
}

/// <summary>The state of a short code after a claim.</summary>
internal enum CodeClaimState
{
    /// <summary>Another link has the code.</summary>
    Taken,

    /// <summary>The code belongs to the link that is being created.</summary>
    Claimed,

    /// <summary>An earlier run completed the creation. The link is published, or a later change publishes it.</summary>
    Completed,
}
