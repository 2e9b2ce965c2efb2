using System.Text.Json;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Api.Urls;

namespace XQr.Api.Links;

/// <summary>Creates, reads, changes and deletes links of the caller's workspace.</summary>
internal sealed class LinkOperations(
    LinkStore store, LinkListStore lists, LinkCreation creation, ErasureRequests erasure, ShortCodeCache codes, PublicUrls urls, TimeProvider time)
{
    /// <summary>Creates a link from a <see cref="CreateLinkRequest"/>.</summary>
    public async Task<OperationResult<Link>> CreateAsync(
        Caller caller, JsonElement body, CreationSeed seed, CancellationToken cancellationToken)
    {
        var request = creation.Read(body, caller.Plan, seed.At, new FieldErrors());
        return request.Succeeded
            ? (await creation.CreateAsync(caller, [request.Value], seed, cancellationToken))[0]
            : request.Error;
    }

    /// <summary>
    /// Returns the error that a new link with a slug would have, or null if the slug is free. Another link may take it at any time.
    /// </summary>
    public async ValueTask<ApiError?> CheckSlugAsync(string slug, CancellationToken cancellationToken) =>
        !ShortCodes.IsWellFormed(slug) || ShortCodes.IsReserved(slug) ? ApiErrors.InvalidField("custom_slug", ShortCodes.Rule)
        : await codes.FindAsync(slug, cancellationToken) is not null ? LinkErrors.SlugTaken(slug)
        : null;

    /// <summary>Returns the newest links and the counts of all. Takes two storage calls.</summary>
    public Task<(IReadOnlyList<Link> Links, LinkUsage Usage)> ListNewestAsync(Caller caller, int count, CancellationToken cancellationToken) =>
        lists.ListNewestAsync(caller.WorkspaceId, count, cancellationToken);

    /// <summary>Returns a page of links, newest first, and the number of all matches.</summary>
    public Task<(IReadOnlyList<Link> Links, int Total)> ListAsync(
        Caller caller, LinkFilter filter, Page page, CancellationToken cancellationToken) =>
        lists.ListAsync(caller.WorkspaceId, filter, page, cancellationToken);

    /// <summary>Returns a link.</summary>
    public async ValueTask<OperationResult<Link>> GetAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        Ids.TryParse(id, out var linkId) && await store.FindAsync(caller.WorkspaceId, linkId, cancellationToken) is { } link
            ? link
            : LinkErrors.NotFound();

    /// <summary>Changes a link by an <see cref="UpdateLinkRequest"/>.</summary>
    public async Task<OperationResult<Link>> UpdateAsync(
        Caller caller, string id, JsonElement body, IfMatch ifMatch, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = UpdateLinkRequest.Read(body, urls, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var error = request.Validate(caller.Plan);
        if (error is not null || !Ids.TryParse(id, out var linkId))
        {
            return error ?? LinkErrors.NotFound();
        }

        var now = time.GetUtcNow();
        var changed = await store.UpdateAsync(
            caller,
            linkId,
            link =>
            {
                error = request.Validate(link, urls, caller.Plan) ?? Validate(link, ifMatch);
                return error is null ? request.Apply(link, now) : null;
            },
            cancellationToken);
        return Complete(changed, error);
    }

    /// <summary>Deletes a link with its analytics. Returns the deleted link.</summary>
    public async Task<OperationResult<Link>> DeleteAsync(Caller caller, string id, IfMatch ifMatch, CancellationToken cancellationToken)
    {
        if (!Ids.TryParse(id, out var linkId))
        {
            return LinkErrors.NotFound();
        }

        ApiError? error = null;
        var deleted = await store.DeleteAsync(
            caller.WorkspaceId, linkId, link => (error = Validate(link, ifMatch)) is null, cancellationToken);
        if (deleted is not null)
        {
            await erasure.RequestAsync(caller.WorkspaceId, cancellationToken);
        }

        return Complete(deleted, error);
    }

    private static ApiError? Validate(Link link, IfMatch ifMatch) =>
        ifMatch.Allows(tag => LinkVersion.Is(tag, link)) ? null : ApiErrors.PreconditionFailed("link");

    private OperationResult<Link> Complete(Link? link, ApiError? error)
    {
        if (link is null)
        {
            return error ?? LinkErrors.NotFound();
        }

        codes.Forget(link.ShortCode);
        return link;
    }
}
