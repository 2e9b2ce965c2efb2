using Microsoft.AspNetCore.Http;
using XQr.Api.Analytics.Figures;
using XQr.Api.Analytics.Folding;
using XQr.Api.Links;
using XQr.Api.Pipeline;

namespace XQr.Api.Analytics.Queries;

/// <summary>Gives requests what they read figures with.</summary>
internal sealed class FigureReaders(FigureStore figures, ScanFolding folding, LinkStore links)
{
    /// <summary>Whoever comes after a long silence counts many scans first. Each call to storage still fails by itself where storage is down.</summary>
    private static readonly TimeSpan TimeForFolding = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Brings the figures up to date, so that they have every scan that was stored before; null where there is no such link. One
    /// transaction where nothing is pending, one more for a link.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="linkId">The link that it is about; null for the whole workspace.</param>
    /// <param name="includeBots">Whether it is about bots too.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<FigureReader?> OpenAsync(HttpContext context, string? linkId, bool includeBots, CancellationToken cancellationToken)
    {
        var workspaceId = context.Caller().WorkspaceId;
        Link? link = null;
        if (linkId is not null && (!Ids.TryParse(linkId, out var id) || (link = await links.FindAsync(workspaceId, id, cancellationToken)) is null))
        {
            return null;
        }

        context.Api().Deadline?.CancelAfter(TimeForFolding);
        await folding.PrepareAsync(workspaceId, cancellationToken);
        return new(figures, workspaceId, link, includeBots);
    }
}
