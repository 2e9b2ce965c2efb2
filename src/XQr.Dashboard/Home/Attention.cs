using XQr.Api.Links;
using XQr.Api.Tenancy;
using XQr.Dashboard.Links;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Home;

/// <summary>The links and limits that need attention.</summary>
internal static class Attention
{
    private const int MaxItems = 5;
    private const double NearLimit = 0.8;

    private static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(7);
    private static readonly TimeSpan UnusedFor = TimeSpan.FromDays(3);

    /// <summary>Returns the limits of the plan that are nearly used up, then links that expire soon, then links without a scan.</summary>
    /// <param name="frame">The frame of the workspace.</param>
    /// <param name="plan">The plan of the workspace.</param>
    /// <param name="links">The newest links.</param>
    /// <param name="models">The factory of their models.</param>
    /// <param name="usage">The counts of links.</param>
    /// <param name="now">The current time.</param>
    public static IReadOnlyList<AttentionModel> Of(
        FrameModel frame, PlanOptions plan, IReadOnlyList<Link> links, LinkModelFactory models, LinkUsage usage, DateTimeOffset now)
    {
        var active = links.Where(link => link.Enabled && !(link.ExpiresAt <= now)).ToList();
        var limits = new[]
        {
            LimitOf(frame, HomeTexts.LinksLimit, usage.CreatedIn(now), plan.LinksPerMonth),
            LimitOf(frame, HomeTexts.QrLimit, usage.DynamicQr, plan.DynamicQr),
        };
        var expiring =
            from link in active
            where link.ExpiresAt - now < ExpiresSoon
            orderby link.ExpiresAt
            select ItemOf(models, link, "clock", HomeTexts.Expires, link.ExpiresAt);
        var unused =
            from link in active
            where link.ScanCount == 0 && now - link.CreatedAt > UnusedFor
            select ItemOf(models, link, "eye", HomeTexts.NeverScanned, link.CreatedAt);
        return [.. limits.OfType<AttentionModel>().Concat(expiring).Concat(unused).DistinctBy(item => item.Path + item.Title).Take(MaxItems)];
    }

    private static AttentionModel? LimitOf(FrameModel frame, string title, int used, int? limit) => used >= limit * NearLimit
        ? new("usage", title, Values.Format(HomeTexts.LimitNear, used, limit), frame.Path("settings/usage"))
        : null;

    private static AttentionModel ItemOf(LinkModelFactory models, Link link, string icon, string text, DateTimeOffset? at)
    {
        var model = models.Of(link);
        return new(icon, model.ShortText, text, model.Path, at);
    }
}
