using System.Text.Json;
using XQr.Api.Pipeline;
using XQr.Api.Workspaces;

namespace XQr.Api.Links;

/// <summary>What became of one of many: the link, or why there is none.</summary>
internal readonly record struct BulkResult(Link? Link, ApiError? Error);

/// <summary>Creates many links, each for itself, with few calls to storage.</summary>
internal sealed class LinkBulkCreation(LinkCreationStore store, ShortCodeCache codes, PublicUrls urls)
{
    private const int RandomCodeAttempts = 5;

    /// <summary>A tenth of what an answer to one link lists: there may be a hundred of them.</summary>
    private const int MaxDetailsOfItem = 10;

    public async Task<IReadOnlyList<BulkResult>> RunAsync(
        Caller caller, IReadOnlyList<JsonElement> items, Operation operation, CancellationToken cancellationToken)
    {
        var results = new BulkResult[items.Count];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var waiting = Read(items, caller.Plan, taken, operation.At, results);
        for (var attempt = 1; attempt <= RandomCodeAttempts && waiting.Count > 0; attempt++)
        {
            var bucket = ShortCodes.NewBucket(operation);
            Link[] links = [.. waiting.Select(item => item.Request.ToLink(caller.WorkspaceId, item.Request.CustomSlug ?? NewCode(operation, bucket, taken), operation))];
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

    /// <summary>Reads the items, notes what is wrong with them, and gives back those that are right. A slug that stands twice goes to the first.</summary>
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

    private static string NewCode(Operation operation, string bucket, HashSet<string> taken)
    {
        string code;
        do
        {
            code = ShortCodes.New(operation, bucket);
        }
        while (!taken.Add(code));

        return code;
    }
}
