using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>
/// Creates links: claims their short codes, adds them with their index rows and counts (see <see cref="LinkStore"/>), and publishes
/// them to redirects. Where the process dies in between, the claim frees itself or the link is found as it is; see
/// <see cref="ShortCodeStore"/>.
/// </summary>
internal sealed class LinkCreationStore(LinkStore links, ShortCodeStore codes, CountedCommits<LinkUsage> commits)
{
    /// <summary>Adds a link. Three transactions.</summary>
    /// <param name="link">The link.</param>
    /// <param name="limit">How many links the workspace may create in a month; null for any number.</param>
    /// <param name="cancellationToken">Ends the call.</param>
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
        var outcomes = await Task.WhenAll(added.Zip(claims, (link, claim) => CommitAsync(link, claim, limit, cancellationToken)));
        (Link, ETag)[] done = [.. added.Index().Where(entry => outcomes[entry.Index] == LinkOutcome.Done).Select(entry => (entry.Item, claims[entry.Index]!.Value))];
        await codes.PublishAsync(done, cancellationToken);
        return outcomes;
    }

    private async Task<LinkOutcome> CommitAsync(Link link, ETag? claim, int? limit, CancellationToken cancellationToken)
    {
        if (claim is not { } mark)
        {
            return LinkOutcome.CodeTaken;
        }

        var outcome = await commits.CommitAsync(
            link.WorkspaceId,
            usage => usage.Add(link.CreatedAt, limit),
            [new(TableTransactionActionType.Add, LinkRow.From(link)), .. LinkIndexRows.Change(null, link)],
            cancellationToken);

        // An attempt may have gone through although its answer was lost; it stands in the way of this one, or fills the limit.
        if (outcome == CommitOutcome.Done || await links.FindAsync(link.WorkspaceId, link.Id, cancellationToken) is not null)
        {
            return LinkOutcome.Done;
        }

        await codes.RemoveAsync(link, mark, cancellationToken);
        return outcome == CommitOutcome.Refused ? LinkOutcome.OverLimit : LinkOutcome.CodeTaken;
    }
}
