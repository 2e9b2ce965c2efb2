using System.Text.Json;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Api.Links;

/// <summary>Creates and changes many links of the caller's workspace at once.</summary>
internal sealed class LinkBulkOperations(LinkCreation creation, LinkStore store, ErasureRequests erasure, ShortCodeCache codes, TimeProvider time)
{
    private const int Parallelism = 32;

    /// <summary>The maximum number of error details per item: a tenth of a single request's, because there can be 100 items.</summary>
    private const int MaxItemDetails = 10;

    /// <summary>Creates each link of a <see cref="BulkCreateRequest"/> independently.</summary>
    /// <returns>The result of each item, or the error of the whole request.</returns>
    public async Task<OperationResult<OperationResult<Link>[]>> CreateAsync(
        Caller caller, JsonElement body, CreationSeed seed, CancellationToken cancellationToken)
    {
        var items = Read(caller, body, BulkCreateRequest.ReadItems);
        if (!items.Succeeded)
        {
            return items.Error;
        }

        OperationResult<CreateLinkRequest>[] requests = [.. items.Value.Select((item, index) => Read(item, index, caller.Plan, seed.At))];
        var created = await creation.CreateAsync(
            caller, [.. requests.Where(request => request.Succeeded).Select(request => request.Value!)], seed, cancellationToken);
        var next = 0;
        return requests.Select(request => request.Succeeded ? created[next++] : request.Error).ToArray();
    }

    /// <summary>Returns links by their ids, without those that do not exist. Takes one storage call for each.</summary>
    public async Task<OperationResult<Link[]>> FindAsync(Caller caller, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        if (caller.Plan.Require(PlanFeature.BulkOps) is { } error)
        {
            return error;
        }

        var found = await BulkIds.Parse(ids.Take(BulkIds.Max)).ReadEachAsync(
            Parallelism, (id, token) => store.FindAsync(caller.WorkspaceId, id, token), cancellationToken);
        return found.OfType<Link>().ToArray();
    }

    /// <summary>Enables or disables the links of a <see cref="BulkStatusRequest"/>.</summary>
    /// <returns>The number of ids that are links of the workspace.</returns>
    public async Task<OperationResult<int>> SetEnabledAsync(Caller caller, JsonElement body, CancellationToken cancellationToken)
    {
        var request = Read(caller, body, BulkStatusRequest.Read);
        if (!request.Succeeded)
        {
            return request.Error;
        }

        var now = time.GetUtcNow();
        return await CountAsync(
            request.Value.Ids,
            (id, token) => store.UpdateAsync(caller, id, link => link.SetEnabled(request.Value.Enabled, now), token),
            cancellationToken);
    }

    /// <summary>Changes each link of a <see cref="BulkUpdateRequest"/> independently.</summary>
    /// <returns>The result of each id, or the error of the whole request.</returns>
    public async Task<OperationResult<BulkChange[]>> UpdateAsync(Caller caller, JsonElement body, CancellationToken cancellationToken)
    {
        var request = Read(caller, body, BulkUpdateRequest.Read);
        if (!request.Succeeded)
        {
            return request.Error;
        }

        var now = time.GetUtcNow();
        return await request.Value.SentIds.ReadEachAsync(
            Parallelism, (id, token) => UpdateAsync(caller, id, request.Value, now, token), cancellationToken);
    }

    /// <summary>Deletes the links of a <see cref="BulkDeleteRequest"/> with their analytics.</summary>
    /// <returns>The number of deleted links.</returns>
    public async Task<OperationResult<int>> DeleteAsync(Caller caller, JsonElement body, CancellationToken cancellationToken)
    {
        var request = Read(caller, body, BulkDeleteRequest.Read);
        if (!request.Succeeded)
        {
            return request.Error;
        }

        var deleted = await CountAsync(
            request.Value.Ids, (id, token) => store.DeleteAsync(caller.WorkspaceId, id, _ => true, token), cancellationToken);
        if (deleted > 0)
        {
            await erasure.RequestAsync(caller.WorkspaceId, cancellationToken);
        }

        return deleted;
    }

    /// <summary>Returns a request, or the error of the plan or of the body.</summary>
    private static OperationResult<T> Read<T>(Caller caller, JsonElement body, Func<JsonElement, FieldErrors, T> read)
        where T : notnull
    {
        var errors = new FieldErrors();
        var request = read(body, errors);
        return (caller.Plan.Require(PlanFeature.BulkOps) ?? errors.ToErrorOrNull()) is { } error ? error : request;
    }

    private async Task<BulkChange> UpdateAsync(
        Caller caller, string id, BulkUpdateRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (found, error) = ((Link?)null, (ApiError?)null);
        var changed = Ids.TryParse(id, out var linkId)
            ? await store.UpdateAsync(
                caller,
                linkId,
                link =>
                {
                    (found, error) = (link, request.Validate(link));
                    return error is null ? request.Apply(link, now) : null;
                },
                cancellationToken,
                isOneOfMany: true)
            : null;
        if (changed is null)
        {
            return new(id, found, error ?? LinkErrors.NotFound());
        }

        codes.Forget(changed.ShortCode);
        return new(id, changed, Error: null);
    }

    /// <summary>Changes links in parallel. Returns the number of links that were changed.</summary>
    private async Task<int> CountAsync(
        IReadOnlyList<Guid> ids, Func<Guid, CancellationToken, Task<Link?>> change, CancellationToken cancellationToken)
    {
        var changed = await ids.ReadEachAsync(
            Parallelism,
            async (id, token) =>
            {
                var link = await change(id, token);
                if (link is not null)
                {
                    codes.Forget(link.ShortCode);
                }

                return link;
            },
            cancellationToken);
        return changed.OfType<Link>().Count();
    }

    private OperationResult<CreateLinkRequest> Read(JsonElement item, int index, PlanOptions plan, DateTimeOffset now) =>
        item.ValueKind == JsonValueKind.Object
            ? creation.Read(item, plan, now, new FieldErrors(MaxItemDetails))
            : ApiErrors.InvalidField($"links[{index}]", "must be an object");
}

/// <summary>The result of the change of one of many links.</summary>
/// <param name="Id">The id as it was sent.</param>
/// <param name="Link">The link; null if it does not exist.</param>
/// <param name="Error">The error; null if the link has the change now.</param>
internal sealed record BulkChange(string Id, Link? Link, ApiError? Error);
