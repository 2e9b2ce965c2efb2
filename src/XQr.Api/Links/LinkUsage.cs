using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Api.Links;

/// <summary>The link counts of a workspace, which change in the same transaction as the links.</summary>
/// <param name="Links">The number of existing links.</param>
/// <param name="Disabled">The number of disabled links.</param>
/// <param name="DynamicQr">The number of links with a rendered QR code.</param>
/// <param name="Month">The calendar month (UTC) of <paramref name="Created"/>, as year × 12 + month.</param>
/// <param name="Created">The number of links created in that month, including deleted links.</param>
internal sealed record LinkUsage(int Links, int Disabled, int DynamicQr, int Month, int Created)
{
    /// <summary>Gets the counts of a workspace that never had a link.</summary>
    public static LinkUsage None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>Returns the number of links created in the month of <paramref name="now"/>.</summary>
    public int CreatedIn(DateTimeOffset now) => MonthOf(now) > Month ? 0 : Created;

    /// <summary>Returns the counts with one more link, or null if the limit of the month is reached.</summary>
    public LinkUsage? Add(DateTimeOffset now, int? limit)
    {
        var created = CreatedIn(now);
        return created >= limit
            ? null
            : this with { Links = Links + 1, Month = Math.Max(Month, MonthOf(now)), Created = created + 1 };
    }

    /// <summary>Returns the counts after a change of a link.</summary>
    public LinkUsage Change(Link before, Link after) => this with { Disabled = Disabled - Off(before) + Off(after) };

    /// <summary>Returns the counts with one link less. The month's count stays, because it counts creations.</summary>
    public LinkUsage Remove(Link link) =>
        this with { Links = Links - 1, Disabled = Disabled - Off(link), DynamicQr = DynamicQr - (link.QrRendered ? 1 : 0) };

    /// <summary>Returns the counts with more rendered QR codes, or null if the limit does not allow all of them.</summary>
    public LinkUsage? AddQr(int links, int? limit) => DynamicQr + links > limit ? null : this with { DynamicQr = DynamicQr + links };

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
