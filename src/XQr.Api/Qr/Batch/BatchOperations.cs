using System.Text.Json;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Qr.Images;
using XQr.Api.Qr.Templates;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Api.Urls;

namespace XQr.Api.Qr.Batch;

/// <summary>Renders the QR codes of many links.</summary>
internal sealed class BatchOperations(
    LinkStore links, LinkListStore lists, LinkQrStore counts, DesignResolver designs, PublicUrls urls, DrawLimiter limiter)
{
    private const int Parallelism = 32;

    /// <summary>
    /// Returns the archive with the codes of all links, or the error of one code. Counts the links as ones with a QR code, unless the plan
    /// allows no more.
    /// </summary>
    public async Task<OperationResult<QrArchive>> RenderAsync(Caller caller, JsonElement body, CancellationToken cancellationToken)
    {
        if (caller.Plan.Require(PlanFeature.BulkOps) is { } missing)
        {
            return missing;
        }

        var errors = new FieldErrors();
        var request = BatchRequest.Read(body, errors);
        var found = errors.Any ? [] : await FindLinksAsync(caller.WorkspaceId, request, errors, cancellationToken);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var resolved = await designs.ResolveTemplateAsync(caller.WorkspaceId, request.TemplateId, cancellationToken);
        if (!resolved.Succeeded)
        {
            return resolved.Error;
        }

        if (await resolved.Value.WithQuietZone(request.QuietZone).ReadDesignAsync(cancellationToken) is not { } design)
        {
            return QrErrors.TemplateNotFound();
        }

        var archive = new QrArchive(found, urls, design, request.Image, limiter);
        if (archive.Error is { } error)
        {
            return error;
        }

        var limit = caller.Plan.DynamicQr;
        var outcome = await counts.CountAllAsync(caller.WorkspaceId, found, limit, cancellationToken);
        return outcome == LinkOutcome.OverLimit ? QrErrors.TooManyCodes(limit) : archive;
    }

    /// <summary>
    /// Returns the links without duplicates, or adds errors. Takes one transaction for each link, and one more for a label.
    /// </summary>
    private async Task<IReadOnlyList<Link>> FindLinksAsync(
        string workspaceId, BatchRequest request, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (request.LinkIds is { } ids)
        {
            return await FindLinksAsync(workspaceId, ids, errors, cancellationToken);
        }

        var (found, total) = await lists.ListAsync(workspaceId, new(request.Label), new(BatchRequest.MaxLinks), cancellationToken);
        if (total is 0 or > BatchRequest.MaxLinks)
        {
            errors.Add(
                "label",
                total == 0 ? "must be the label of a link" : $"must be the label of at most {BatchRequest.MaxLinks} links; {total} links have it");
        }

        return found;
    }

    private async Task<IReadOnlyList<Link>> FindLinksAsync(
        string workspaceId, IReadOnlyList<string> ids, FieldErrors errors, CancellationToken cancellationToken)
    {
        var found = await ids.ReadEachAsync(
            Parallelism,
            async (text, token) => Ids.TryParse(text, out var id) ? await links.FindAsync(workspaceId, id, token) : null,
            cancellationToken);
        foreach (var (index, link) in found.Index())
        {
            if (link is null)
            {
                errors.Add($"link_ids[{index}]", "must be a link of the workspace");
            }
        }

        return [.. found.OfType<Link>().DistinctBy(link => link.Id)];
    }
}
