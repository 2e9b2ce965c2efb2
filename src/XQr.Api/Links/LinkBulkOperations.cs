using System.Text.Json;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;

namespace XQr.Api.Links;

/// <summary>Creates and changes many links of the caller's workspace at once.</summary>
internal sealed class LinkBulkOperations(LinkCreation creation, LinkStore store, ShortCodeCache codes, TimeProvider time)
{
    private const int Parallelism = 32;

    /// <summary>The maximum number of error details per item: a tenth of a single request's, because there can be 100 items.</summary>
    private const int MaxItemDetails = 10;

    /// <summary>Creates each link of a <see cref="BulkCreateRequest"/> independently.</summary>
    /// <returns>The result of each item, or the error of the whole request.</returns>
    public async Task<OperationResult<OperationResult<Link>[]>> CreateAsync(
        Caller caller, JsonElement body, CreationSeed seed, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var items = BulkCreateRequest.ReadItems(body, errors);
        if ((caller.Plan.Require(PlanFeature.BulkOps) ?? errors.ToErrorOrNull()) is { } error)
        {
            return error;
        }

        OperationResult<CreateLinkRequest>[] requests = [.. items.Select((item, index) => Read(item, index, caller.Plan, seed.At))];
        var created = await creation.CreateAsync(
            caller, [.. requests.Where(request => request.Succeeded).Select(request => request.Value!)], seed, cancellationToken);
        var next = 0;
        return requests.Select(request => request.Succeeded ? created[next++] : request.Error).ToArray();
    }

    /// <summary>Enables or disables the links of a <see cref="BulkStatusRequest"/>.</summary>
    /// <returns>The number of ids that are links of the workspace.</returns>
    public async Task<OperationResult<int>> SetEnabledAsync(Caller caller, JsonElement body, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = BulkStatusRequest.Read(body, errors);
        if ((caller.Plan.Require(PlanFeature.BulkOps) ?? errors.ToErrorOrNull()) is { } error)
        {
            return error;
        }

        var (now, updated) = (time.GetUtcNow(), 0);
        await Parallel.ForEachAsync(
            request.Ids,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (id, token) =>
            {
                if (await store.UpdateAsync(caller, id, link => link.SetEnabled(request.Enabled, now), token) is { } link)
                {
                    codes.Forget(link.ShortCode);
                    Interlocked.Increment(ref updated);
                }
            });
        return updated;
    }

    private OperationResult<CreateLinkRequest> Read(JsonElement item, int index, PlanOptions plan, DateTimeOffset now) =>
        item.ValueKind == JsonValueKind.Object
            ? creation.Read(item, plan, now, new FieldErrors(MaxItemDetails))
            : ApiErrors.InvalidField($"links[{index}]", "must be an object");
}
