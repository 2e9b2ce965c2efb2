using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Api.Links;

/// <summary>The link counts of a workspace, which change in the same transaction as the links.</summary>
/// <param name="Links">The number of existing links.</param>
/// <param name="Disabled">The number of disabled links.</param>
/// <param name="DynamicQr">The number of links with a rendered QR code.</param>
/// <param name="Month">The calendar month (UTC) of <paramref name="Created"/>, as year × 12 + month.</param>
/// <param name="Created">The number of links created in that month, including deleted links.</param>
internal sealed record LinkUsage(int Links, int Disabled, int DynamicQr, int Month, int Created) : ICounts<LinkUsage>
{
    /// <summary>Gets the counts of a workspace that never had a link.</summary>
    public static LinkUsage None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>Returns the number of links created in the month of <paramref name="now"/>.</summary>
    public int CreatedIn(DateTimeOffset now) => MonthOf(now) > Month ? 0 : Created;

    /// <summary>Adds counts. Creations of an earlier month than the other's are not counted any more.</summary>
    public static LinkUsage operator +(LinkUsage one, LinkUsage other)
    {
        var month = Math.Max(one.Month, other.Month);
        var created = (one.Month == month ? one.Created : 0) + (other.Month == month ? other.Created : 0);
        return new(one.Links + other.Links, one.Disabled + other.Disabled, one.DynamicQr + other.DynamicQr, month, created);
    }

    public LinkUsage Divide(Share share) => this with
    {
        Links = share.Of(Links),
        Disabled = share.Of(Disabled),
        DynamicQr = share.Of(DynamicQr),
        Created = share.Of(Created),
    };

    /// <summary>Counts a new link, within the limit of the month.</summary>
    public static CountChange<LinkUsage> Add(DateTimeOffset now, int? limit) => new(
        usage => usage with { Links = usage.Links + 1, Month = Math.Max(usage.Month, MonthOf(now)), Created = usage.CreatedIn(now) + 1 },
        limit is { } max ? (usage, share) => usage.CreatedIn(now) <= share.Of(max) : null);

    /// <summary>Counts a change of a link.</summary>
    public static CountChange<LinkUsage> Change(Link before, Link after) =>
        new(usage => usage with { Disabled = usage.Disabled - Off(before) + Off(after) });

    /// <summary>Counts one link less. The month's count stays, because it counts creations.</summary>
    public static CountChange<LinkUsage> Remove(Link link) => new(usage => usage with
    {
        Links = usage.Links - 1,
        Disabled = usage.Disabled - Off(link),
        DynamicQr = usage.DynamicQr - (link.QrRendered ? 1 : 0),
    });

    /// <summary>Counts more rendered QR codes, if the limit allows all of them.</summary>
    public static CountChange<LinkUsage> AddQr(int links, int? limit) => new(
        usage => usage with { DynamicQr = usage.DynamicQr + links },
        limit is { } max ? (usage, share) => usage.DynamicQr <= share.Of(max) : null);

    private static int Off(Link link) => link.Enabled ? 0 : 1;

    private static int MonthOf(DateTimeOffset time) => (time.UtcDateTime.Year * 12) + time.UtcDateTime.Month;
}

/// <summary>Adds links to the usage of a workspace.</summary>
internal sealed class LinkUsageSource(CountedCommits<LinkUsage> commits) : IUsageSource
{
    public async Task<Usage> FindAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var usage = await commits.FindAsync(workspaceId, cancellationToken);
        return new(LinksCreatedThisMonth: usage.CreatedIn(now), TotalLinks: usage.Links, DynamicQr: usage.DynamicQr);
    }
}
