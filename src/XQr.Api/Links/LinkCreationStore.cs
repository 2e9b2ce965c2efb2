using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>
/// Creates links: claims their short codes, adds them with their index rows and counts (see <see cref="LinkStore"/>), and publishes
/// them to redirects. Where the process dies in between, the claim frees itself or the link is found as it is; see
/// <see cref="ShortCodeStore"/>. A link with the same id is the same creation, run again: what was done of it stays done.
/// </summary>
internal sealed class LinkCreationStore(Tables tables, ShortCodeStore codes, CountedCommits<LinkUsage> commits)
{
    /// <summary>Adds a link. Three transactions.</summary>
    /// <param name="link">The link.</param>
    /// <param name="limit">How many links the workspace may create in a month; null for any number.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<LinkOutcome> AddAsync(Link link, int? limit, CancellationToken cancellationToken) =>
        (await AddAsync([link], limit, cancellationToken))[0];

    /// <summary>
    /// Adds links of one workspace, with different codes, each for itself. Two transactions for each bucket of codes, and one for
    /// as many links as fit: a hundred links without labels and with codes of one bucket take four.
    /// </summary>
    /// <returns>For each link how it ended. Where the limit is reached it is the first that are created.</returns>
    public async Task<IReadOnlyList<LinkOutcome>> AddAsync(IReadOnlyList<Link> added, int? limit, CancellationToken cancellationToken)
    {
        var claims = await codes.TryClaimAsync(added, cancellationToken);
        var results = await Task.WhenAll(added.Zip(claims, (link, claim) => CommitAsync(link, claim, limit, cancellationToken)));
        (Link, ETag)[] unpublished = [.. added.Zip(results).Where(entry => entry.Second.Claim is not null).Select(entry => (entry.First, entry.Second.Claim!.Value))];
        await codes.PublishAsync(unpublished, cancellationToken);
        return [.. results.Select(result => result.Outcome)];
    }

    /// <summary>The outcome, with the claim that is to be published then.</summary>
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

            // An earlier run, or an attempt whose answer was lost, may stand in the way of this one, or fill the limit.
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

            // An earlier run was taken for dead and lost its code. Taken anew, the code can be settled again only by who changes the
            // fence too, so that the link may stand in the place of this one.
            fence = other;
        }

        return (LinkOutcome.CodeTaken, null);
    }
}
