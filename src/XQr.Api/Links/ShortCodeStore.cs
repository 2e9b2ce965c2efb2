using Azure;
using Azure.Data.Tables;
using XQr.Api.Links.Routing;
using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>
/// What redirects read. Table <c>ShortCodes</c>, partition = short code in lower case, row <c>code</c>: Workspace, Link, Destination,
/// Enabled, ExpiresAt, RoutingRules0, … (<see cref="RoutingRulesRow"/>), and while the link is being created, changed or deleted a mark: Doubt (<c>create</c> or <c>change</c>) and
/// DoubtAt.
/// <para>
/// A code belongs to who inserts this row. A marked row is in doubt, and the link's own row in its workspace tells the truth; so a
/// process that dies between two calls leaves nothing that is seen wrongly. Who meets a mark that is old settles it: first the
/// link's row is touched (or, where it is absent, fenced), so that no writer of before can still change it, then the doubt is
/// removed. Every write is conditional, so a writer that was overtaken notices.
/// </para>
/// </summary>
internal sealed class ShortCodeStore(Tables tables, TimeProvider time)
{
    private const string RowKey = "code";
    private const string Creating = "create";
    private const string Changing = "change";
    private const int Attempts = 5;

    /// <summary>How old a mark must be for its writer to be taken for dead. Mere courtesy: settling too early only makes the writer try again.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(30);

    /// <summary>What a short code stands for. One transaction; one more while it is in doubt.</summary>
    public async Task<ShortCode?> FindAsync(string code, CancellationToken cancellationToken)
    {
        if (await tables.ShortCodes.FindAsync(code, RowKey, cancellationToken) is not { } row)
        {
            return null;
        }

        if (row.GetString("Doubt") is null)
        {
            return ToShortCode(row);
        }

        return IsOld(row)
            ? await SettleAsync(row, cancellationToken)
            : await FindLinkAsync(row, cancellationToken) is { } link && LinkRow.ToLink(link) is { } truth ? ShortCode.Of(truth) : null;
    }

    /// <summary>Takes a short code for a link that is about to be created; null where somebody has it.</summary>
    public async Task<ETag?> TryClaimAsync(Link link, CancellationToken cancellationToken)
    {
        var claim = ToRow(link, Creating);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await tables.ShortCodes.TryAddAsync(claim, cancellationToken) is { } etag)
            {
                return etag;
            }

            if (await tables.ShortCodes.FindAsync(claim.PartitionKey, RowKey, cancellationToken) is not { } other)
            {
                continue;
            }

            if (other.GetGuid("Link") == link.Id)
            {
                // An attempt of our own that went through although its answer was lost.
                return other.ETag;
            }

            var doubt = other.GetString("Doubt");
            if (doubt is null || (doubt == Creating && !IsOld(other)) || await SettleAsync(other, cancellationToken) is not null)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Puts a link's code in doubt, before the link is changed or deleted; null where others meddle at this moment.</summary>
    public async Task<ETag?> MarkAsync(Link link, CancellationToken cancellationToken)
    {
        var key = ShortCodes.Key(link.ShortCode);
        var mark = new TableEntity(key, RowKey) { ["Doubt"] = Changing, ["DoubtAt"] = time.GetUtcNow() };

        // Unconditional: a doubt too many costs a read, one too few would cost a change.
        return await tables.ShortCodes.TryUpdateAsync(mark, ETag.All, TableUpdateMode.Merge, cancellationToken)
            ?? await tables.ShortCodes.TryAddAsync(ToRow(link, Changing), cancellationToken);
    }

    /// <summary>Ends the doubt with what the link has become. Where somebody marked the code since, that is theirs to do.</summary>
    public Task PublishAsync(Link link, ETag mark, CancellationToken cancellationToken) =>
        tables.ShortCodes.TryUpdateAsync(ToRow(link, doubt: null), mark, TableUpdateMode.Replace, cancellationToken);

    /// <summary>Frees the code of a link that was deleted.</summary>
    public Task RemoveAsync(Link link, ETag mark, CancellationToken cancellationToken) =>
        TryRemoveAsync(ShortCodes.Key(link.ShortCode), mark, cancellationToken);

    private async Task<ShortCode?> SettleAsync(TableEntity row, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var found = await FindLinkAsync(row, cancellationToken);
            if (found is not null && LinkRow.ToLink(found) is { } link)
            {
                var touch = new TableEntity(found.PartitionKey, found.RowKey) { ["SettledAt"] = time.GetUtcNow() };
                if (await tables.Workspaces.TryUpdateAsync(touch, found.ETag, TableUpdateMode.Merge, cancellationToken) is not null)
                {
                    await PublishAsync(link, row.ETag, cancellationToken);
                    return ShortCode.Of(link);
                }
            }
            else if (found is not null || await TryFenceAsync(row, cancellationToken))
            {
                await TryRemoveAsync(row.PartitionKey, row.ETag, cancellationToken);
                return null;
            }
        }

        throw new RequestFailedException(503, $"Too many writers of the link of {row.PartitionKey}.");
    }

    /// <summary>A link that was deleted can't come back; one whose creation got stuck could.</summary>
    private async Task<bool> TryFenceAsync(TableEntity row, CancellationToken cancellationToken) =>
        row.GetString("Doubt") != Creating
        || await tables.Workspaces.TryAddAsync(LinkRow.Fence(row.GetString("Workspace"), LinkKeys.Link(row.GetGuid("Link")!.Value)), cancellationToken) is not null;

    private Task<TableEntity?> FindLinkAsync(TableEntity row, CancellationToken cancellationToken) =>
        tables.Workspaces.FindAsync(row.GetString("Workspace"), LinkKeys.Link(row.GetGuid("Link")!.Value), cancellationToken);

    private async Task TryRemoveAsync(string key, ETag etag, CancellationToken cancellationToken)
    {
        try
        {
            await tables.ShortCodes.DeleteEntityAsync(key, RowKey, etag, cancellationToken);
        }
        catch (RequestFailedException failure) when (StorageFailure.IsConflict(failure))
        {
            // Somebody marked, settled or claimed it since: it is theirs.
        }
    }

    private bool IsOld(TableEntity row) => time.GetUtcNow() - row.GetDateTimeOffset("DoubtAt") > Courtesy;

    private TableEntity ToRow(Link link, string? doubt) => new TableEntity(ShortCodes.Key(link.ShortCode), RowKey)
    {
        ["Workspace"] = link.WorkspaceId,
        ["Link"] = link.Id,
        ["Destination"] = link.Destination,
        ["Enabled"] = link.Enabled,
        ["ExpiresAt"] = link.ExpiresAt,
        ["Doubt"] = doubt,
        ["DoubtAt"] = doubt is null ? null : time.GetUtcNow(),
    }.With(link.RoutingRules);

    private static ShortCode ToShortCode(TableEntity row) => new(
        row.GetGuid("Link")!.Value,
        row.GetString("Workspace"),
        row.GetString("Destination"),
        row.GetBoolean("Enabled")!.Value,
        row.GetDateTimeOffset("ExpiresAt"),
        row.GetRoutingRules());
}
