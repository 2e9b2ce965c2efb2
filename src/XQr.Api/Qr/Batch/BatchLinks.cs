using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Qr.Batch;

/// <summary>Finds the links of a batch.</summary>
internal sealed class BatchLinks(LinkStore links, LinkListStore lists)
{
    private const int Parallelism = 32;

    /// <summary>
    /// Returns the links without duplicates, or records errors. Takes one transaction for each link, and one more for a label.
    /// </summary>
    public async Task<IReadOnlyList<Link>> FindAsync(
        string workspaceId, BatchRequest request, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (request.LinkIds is { } ids)
        {
            return await FindAsync(workspaceId, ids, errors, cancellationToken);
        }

        var (found, total) = await lists.ListAsync(workspaceId, new(request.Label), new(BatchRequest.MaxLinks), cancellationToken);
        if (total is 0 or > BatchRequest.MaxLinks)
        {
            errors.Add("label", total == 0 ? "must be one that a link has" : $"must be one of at most {BatchRequest.MaxLinks} links; it has {total}");
        }

        return found;
    }

    private async Task<IReadOnlyList<Link>> FindAsync(
        string workspaceId, IReadOnlyList<string> ids, FieldErrors errors, CancellationToken cancellationToken)
    {
        var found = await ids.ReadEachAsync(
            Parallelism, async (text, token) => Ids.TryParse(text, out var id) ? await links.FindAsync(workspaceId, id, token) : null, cancellationToken);
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
