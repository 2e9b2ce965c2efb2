using System.Text.Json;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;
using XQr.Api.Urls;

namespace XQr.Api.Links;

/// <summary>The rules of creation, which are the same for one link and for many.</summary>
internal sealed class LinkCreation(LinkCreationStore store, ShortCodeCache codes, PublicUrls urls)
{
    private const int MaxRandomCodes = 5;

    /// <summary>Reads a request and validates it.</summary>
    /// <param name="body">The request.</param>
    /// <param name="plan">The plan of the workspace.</param>
    /// <param name="now">The time of the creation.</param>
    /// <param name="errors">The list that errors are added to.</param>
    public OperationResult<CreateLinkRequest> Read(JsonElement body, PlanOptions plan, DateTimeOffset now, FieldErrors errors)
    {
        var request = CreateLinkRequest.Read(body, urls, now, errors);
        return errors.Any ? errors.ToError()
            : LinkErrors.NotInPlan(request.RoutingRules, plan) is { } error ? error
            : request;
    }

    /// <summary>Creates links independently, with few storage calls. A random short code that is taken gives way to another.</summary>
    /// <returns>The result of each request. If the limit of the plan is reached, the first links are created.</returns>
    public async Task<OperationResult<Link>[]> CreateAsync(
        Caller caller, IReadOnlyList<CreateLinkRequest> requests, CreationSeed seed, CancellationToken cancellationToken)
    {
        var results = new OperationResult<Link>[requests.Count];
        var used = new HashSet<string>(StringComparer.Ordinal);
        var waiting = RejectDuplicateSlugs(requests, used, results);
        for (var attempt = 1; waiting.Count > 0; attempt++)
        {
            var bucket = waiting.Count > 1 ? ShortCodes.NewBucket(seed) : null;
            Link[] links = [.. waiting.Select(index => NewLink(caller, requests[index], seed, bucket, used))];
            var outcomes = await store.AddAsync(links, caller.Plan.LinksPerMonth, cancellationToken);
            var retries = new List<int>();
            foreach (var (index, link, outcome) in waiting.Zip(links, outcomes))
            {
                if (outcome == LinkOutcome.Done)
                {
                    codes.Forget(link.ShortCode);
                    results[index] = link;
                }
                else if (outcome == LinkOutcome.CodeTaken && requests[index].CustomSlug is null && attempt < MaxRandomCodes)
                {
                    retries.Add(index);
                }
                else
                {
                    results[index] = LinkErrors.NotCreated(outcome, requests[index], caller.Plan);
                }
            }

            waiting = retries;
        }

        return results;
    }

    /// <summary>Returns the indexes of the requests without those whose slug an earlier request has.</summary>
    private static List<int> RejectDuplicateSlugs(IReadOnlyList<CreateLinkRequest> requests, HashSet<string> used, OperationResult<Link>[] results)
    {
        var unique = new List<int>(requests.Count);
        foreach (var (index, request) in requests.Index())
        {
            if (request.CustomSlug is { } slug && !used.Add(ShortCodes.Key(slug)))
            {
                results[index] = LinkErrors.SlugTaken(slug);
            }
            else
            {
                unique.Add(index);
            }
        }

        return unique;
    }

    private static Link NewLink(Caller caller, CreateLinkRequest request, CreationSeed seed, string? bucket, HashSet<string> used) =>
        request.ToLink(caller, request.CustomSlug ?? NewCode(seed, bucket, used), seed);

    /// <summary>Creates a random code that no other link of this creation has.</summary>
    private static string NewCode(CreationSeed seed, string? bucket, HashSet<string> used)
    {
        string code;
        do
        {
            code = bucket is null ? ShortCodes.New(seed) : ShortCodes.New(seed, bucket);
        }
        while (!used.Add(code));

        return code;
    }
}
