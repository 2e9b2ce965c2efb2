using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>
/// Creates links: claims their short codes, adds them with their index rows and counts (see <see cref="LinkStore"/>), and publishes them to
/// redirects. If the process dies in between, the claim expires or the link is published later (see <see cref="ShortCodeStore"/>). A link
/// with the same id is a repeated run of the same creation, which keeps completed steps.
/// </summary>
internal sealed class LinkCreationStore(
    Tables tables, ShortCodeStore codes, ShortCodeClaimStore claims, CountedCommits<LinkUsage> commits, TimeProvider time)
{
    /// <summary>
    /// Adds links of one workspace with distinct codes independently. Takes two transactions for each bucket of codes, and one for as many
    /// links as fit: one link takes three, and 100 links without labels and with codes of one bucket take four.
    /// </summary>
    /// <param name="links">The links.</param>
    /// <param name="limit">The number of links that the workspace may create in a month; null if unlimited.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The outcome of each link. If the limit is reached, the first links are created.</returns>
    public async Task<IReadOnlyList<LinkOutcome>> AddAsync(IReadOnlyList<Link> links, int? limit, CancellationToken cancellationToken)
    {
        var claimed = await claims.ClaimAsync(links, cancellationToken);
        var results = await Task.WhenAll(links.Zip(claimed, (link, claim) => CommitAsync(link, claim, limit, cancellationToken)));
        var unpublished = links.Zip(results).Where(entry => entry.Second.Mark is not null);
        await claims.PublishAsync([.. unpublished.Select(entry => (entry.First, entry.Second.Mark!.Value))], cancellationToken);
        return [.. results.Select(result => result.Outcome)];
    }

    private Task<AddResult> CommitAsync(Link link, CodeClaim claim, int? limit, CancellationToken cancellationToken)
    {
        var (isClaimed, fence) = (true, (TableEntity?)null);
        return time.RetryAsync<AddResult>(
            $"link {link.Id}",
            async () =>
            {
                claim = isClaimed ? claim : await claims.ClaimAsync(link, cancellationToken);
                if (claim.State != CodeClaimState.Claimed)
                {
                    return new(claim.State == CodeClaimState.Completed ? LinkOutcome.Done : LinkOutcome.CodeTaken);
                }

                var row = LinkRow.From(link);
                TableTransactionAction adding = fence is null
                    ? new(TableTransactionActionType.Add, row)
                    : new(TableTransactionActionType.UpdateReplace, row, fence.ETag);
                var outcome = await commits.CommitAsync(
                    link.WorkspaceId, LinkUsage.Add(link.CreatedAt, limit), [adding, .. LinkIndexRows.Change(null, link)], cancellationToken);

                // An earlier run or an attempt whose response was lost may conflict with this one or use up the limit.
                var other = outcome == CommitOutcome.Done ? null : await tables.Workspaces.FindAsync(row.PartitionKey, row.RowKey, cancellationToken);
                if (outcome == CommitOutcome.Done || (other is not null && LinkRow.ToLink(other) is not null))
                {
                    return new(LinkOutcome.Done, claim.Mark);
                }

                await codes.RemoveAsync(link, claim.Mark, cancellationToken);
                if (outcome == CommitOutcome.Refused)
                {
                    return new(LinkOutcome.OverLimit);
                }

                // The claim of an earlier run was settled. After the new claim, only a writer that also changes the fence can settle the
                // code, so the link may replace the fence.
                (isClaimed, fence) = (false, other);
                return null;
            },
            cancellationToken);
    }

    /// <summary>The outcome with the mark of the short code to publish.</summary>
    private readonly record struct AddResult(LinkOutcome Outcome, ETag? Mark = null);
}
