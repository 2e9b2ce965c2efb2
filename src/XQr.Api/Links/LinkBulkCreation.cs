using System.Text.Json;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;
using XQr.Api.Urls;

namespace XQr.Api.Links;

/// <summary>The result of one item of a bulk creation: the link or an error.</summary>
internal readonly record struct BulkResult(Link? Link, ApiError? Error);

/// <summary>Creates many links independently with few storage calls.</summary>
internal sealed class LinkBulkCreation(LinkCreationStore store, ShortCodeCache codes, PublicUrls urls)
{
    private const int RandomCodeAttempts = 5;

    /// <summary>The maximum number of error details per item: a tenth of a single request's, because there can be 100 items.</summary>
    private const int MaxDetailsOfItem = 10;

    public async Task<IReadOnlyList<BulkResult>> RunAsync(
        Caller caller, IReadOnlyList<JsonElement> items, CreationSeed seed, CancellationToken cancellationToken)
    {
        var results = new BulkResult[items.Count];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var waiting = Read(items, caller.Plan, taken, seed.At, results);
        for (var attempt = 1; attempt <= RandomCodeAttempts && waiting.Count > 0; attempt++)
        {
            var bucket = ShortCodes.NewBucket(seed);
            Link[] links = [.. waiting.Select(item => item.Request.ToLink(caller.WorkspaceId, item.Request.CustomSlug ?? NewCode(seed, bucket, taken), seed))];
            var outcomes = await store.AddAsync(links, caller.Plan.LinksPerMonth, cancellationToken);
            var again = new List<(int Index, CreateLinkRequest Request)>();
            foreach (var ((index, request), link, outcome) in waiting.Zip(links, outcomes))
            {
                if (outcome == LinkOutcome.Done)
                {
                    codes.Forget(link.ShortCode);
                    results[index] = new(link, null);
                }
                else if (outcome == LinkOutcome.CodeTaken && request.CustomSlug is null && attempt < RandomCodeAttempts)
                {
                    again.Add((index, request));
                }
                else
                {
                    results[index] = new(null, LinkErrors.NotCreated(outcome, request, caller.Plan));
                }
            }

            waiting = again;
        }

        return results;
    }

    /// <summary>Reads the items, records their errors and returns the valid ones. The first item with a duplicate slug gets it.</summary>
    private List<(int Index, CreateLinkRequest Request)> Read(
        IReadOnlyList<JsonElement> items, PlanOptions plan, HashSet<string> taken, DateTimeOffset now, BulkResult[] results)
    {
        var right = new List<(int, CreateLinkRequest)>();
        foreach (var (index, item) in items.Index())
        {
            var errors = new FieldErrors(MaxDetailsOfItem);
            var request = item.ValueKind == JsonValueKind.Object ? CreateLinkRequest.Read(item, urls, now, errors) : null;
            if (request is null)
            {
                errors.Add($"links[{index}]", "must be an object");
            }

            if (request is null || errors.Any)
            {
                results[index] = new(null, errors.ToError());
            }
            else if (LinkErrors.NotInPlan(request.RoutingRules, plan) is { } refusal)
            {
                results[index] = new(null, refusal);
            }
            else if (request.CustomSlug is { } slug && !taken.Add(ShortCodes.Key(slug)))
            {
                results[index] = new(null, LinkErrors.SlugTaken(slug));
            }
            else
            {
                right.Add((index, request));
            }
        }

        return right;
    }

    private static string NewCode(CreationSeed seed, string bucket, HashSet<string> taken)
    {
        string code;
        do
        {
            code = ShortCodes.New(seed, bucket);
        }
        while (!taken.Add(code));

        return code;
    }
}
