namespace XQr.Api.Links;

/// <summary>How many links a workspace has, kept with them.</summary>
/// <param name="Links">Links alive.</param>
/// <param name="Disabled">Those of them that are switched off.</param>
/// <param name="DynamicQr">Those of them whose QR code was ever rendered.</param>
/// <param name="Month">The calendar month (UTC) of <paramref name="Created"/>, as year × 12 + month.</param>
/// <param name="Created">Links created in that month, whether or not they are alive.</param>
internal sealed record LinkUsage(int Links, int Disabled, int DynamicQr, int Month, int Created)
{
    public static LinkUsage None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>Links created in the month of <paramref name="now"/>.</summary>
    public int CreatedIn(DateTimeOffset now) => MonthOf(now) > Month ? 0 : Created;

    /// <summary>One link more; null where the month's limit is reached.</summary>
    public LinkUsage? Add(DateTimeOffset now, int? limit)
    {
        var created = CreatedIn(now);
        return created >= limit
            ? null
            : this with { Links = Links + 1, Month = Math.Max(Month, MonthOf(now)), Created = created + 1 };
    }

    public LinkUsage Change(Link before, Link after) => this with { Disabled = Disabled - Off(before) + Off(after) };

    /// <summary>One link less. The month's count stays: it counts creations.</summary>
    public LinkUsage Remove(Link link) =>
        this with { Links = Links - 1, Disabled = Disabled - Off(link), DynamicQr = DynamicQr - (link.QrRendered ? 1 : 0) };

    /// <summary>The QR codes of some links were rendered for the first time; null where the limit doesn't allow them all.</summary>
    public LinkUsage? AddQr(int links, int? limit) => DynamicQr + links > limit ? null : this with { DynamicQr = DynamicQr + links };

    private static int Off(Link link) => link.Enabled ? 0 : 1;

    private static int MonthOf(DateTimeOffset time) => (time.UtcDateTime.Year * 12) + time.UtcDateTime.Month;
}
