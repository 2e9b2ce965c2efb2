using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>
/// Creates links: claims their short codes, adds them with their index rows and counts (see <see cref="LinkStore"/>), and publishes them to
/// redirects. If the process dies in between, the claim expires or the link is published later (see <see cref="ShortCodeStore"/>). A link
/// with the same id is a repeated run of the same creation, which keeps completed steps.
/// </summary>
internal sealed class LinkCreationStore(Tables tables, ShortCodeStore codes, CountedCommits<LinkUsage> commits)
{
    /// <summary>Adds a link. Takes three transactions.</summary>
    /// <param name="link">The link.</param>
    /// <param name="limit">The number of links that the workspace may create in a month; null if unlimited.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<LinkOutcome> AddAsync(Link link, int? limit, CancellationToken cancellationToken) =>
        (await AddAsync([link], limit, cancellationToken))[0];

    /// <summary>
    /// Adds links of one workspace with distinct codes independently. Takes two transactions for each bucket of codes, and one for as many
    /// links as fit: 100 links without labels and with codes of one bucket take four.
    /// </summary>
    /// <returns>The outcome of each link. If the limit is reached, the first links are created.</returns>
    public async Task<IReadOnlyList<LinkOutcome>> AddAsync(IReadOnlyList<Link> added, int? limit, CancellationToken cancellationToken)
    {
        var claims = await codes.TryClaimAsync(added, cancellationToken);
        var results = await Task.WhenAll(added.Zip(claims, (link, claim) => CommitAsync(link, claim, limit, cancellationToken)));
        (Link, ETag)[] unpublished = [.. added.Zip(results).Where(entry => entry.Second.Claim is not null).Select(entry => (entry.First, entry.Second.Claim!.Value))];
        await codes.PublishAsync(unpublished, cancellationToken);
        return [.. results.Select(result => result.Outcome)];
    }

    /// <summary>The outcome with the claim to publish.</summary>
    private async Task<(LinkOutcome Outcome, ETag? Claim)> CommitAsync(Link link, ETag? claim, int? limit, CancellationToken cancellationToken)
    {
        for (TableEntity? fence = null; claim is { } mark; claim = await codes.TryClaimAsync(link, cancellationToken))
        {
            if (mark == ShortCodeStore.Created)
            {
                return (LinkOutcome.Done, null);
            }

            var row = LinkRow.From(link);
            TableTransactionAction adding = fence is null
                ? new(TableTransactionActionType.Add, row)
                : new(TableTransactionActionType.UpdateReplace, row, fence.ETag);
            var outcome = await commits.CommitAsync(
                link.WorkspaceId, usage => usage.Add(link.CreatedAt, limit), [adding, .. LinkIndexRows.Change(null, link)], cancellationToken);

            // An earlier run or an attempt whose response was lost may conflict with this one or use up the limit.
            var other = outcome == CommitOutcome.Done ? null : await tables.Workspaces.FindAsync(row.PartitionKey, row.RowKey, cancellationToken);
            if (outcome == CommitOutcome.Done || (other is not null && LinkRow.ToLink(other) is not null))
            {
                return (LinkOutcome.Done, mark);
            }

            await codes.RemoveAsync(link, mark, cancellationToken);
            if (outcome == CommitOutcome.Refused)
            {
                return (LinkOutcome.OverLimit, null);
            }

            // The claim of an earlier run was settled. After the new claim, only a writer that also changes the fence can settle the code,
            // so the link may replace the fence.
            fence = other;
        }

        return (LinkOutcome.CodeTaken, null);
    }
}
