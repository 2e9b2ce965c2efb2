using System.Text.Json;
using Microsoft.AspNetCore.Http;
using XQr.Api.Analytics;
using XQr.Api.Analytics.Aggregation;
using XQr.Api.Analytics.Recording;
using XQr.Api.Links;
using XQr.Api.Primitives;
using XQr.Api.Redirects;
using XQr.Api.Tenancy;

namespace XQr.Testing.Fleet;

/// <summary>Follows links of one workspace on many instances, and counts the visits that storage has afterwards.</summary>
/// <param name="connectionString">The connection string of storage.</param>
/// <param name="instances">The number of instances.</param>
public sealed class RedirectFleet(string connectionString, int instances)
{
    private const int Links = 8;
    private const int Parallelism = 32;

    private readonly StorageTraffic traffic = new();

    /// <summary>Follows the links, stops the instances, and aggregates.</summary>
    /// <param name="visits">The number of visits of each instance.</param>
    public async Task<RedirectFleetResult> RunAsync(int visits)
    {
        await using var reader = new FleetInstance(connectionString, new());
        var workspace = await reader.Service<WorkspaceStore>().CreateAsync(new("Fleet", Plan.Business), CancellationToken.None);
        var caller = new Caller(workspace, reader.Service<PlansOptions>()[workspace.Plan], Actor.Operator);
        var codes = await CreateAsync(reader, caller);
        var redirected = 0;
        await Parallel.ForAsync(0, instances, new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, async (number, token) =>
        {
            await using var instance = new FleetInstance(connectionString, traffic);
            var redirect = instance.Service<Redirect>();
            var all = await Task.WhenAll(Enumerable.Range(0, visits).Select(visit => FollowAsync(redirect, codes[(number + visit) % Links])));
            Interlocked.Add(ref redirected, all.Count(status => status == StatusCodes.Status302Found));
            await instance.Service<ScanRecorder>().StopAsync(token);
        });

        var links = await reader.Service<LinkOperations>().ListNewestAsync(caller, Links, CancellationToken.None);
        await reader.Service<ScanAggregator>().CompleteAsync(workspace.Id, budget: null, CancellationToken.None);
        var overview = await reader.Service<AnalyticsOperations>().GetOverviewAsync(caller, CancellationToken.None);
        return new(
            redirected,
            links.Links.Sum(link => link.ScanCount),
            overview.Value.Last.Scans,
            traffic.Calls / (double)(instances * visits));
    }

    private static async Task<string[]> CreateAsync(FleetInstance instance, Caller caller)
    {
        var codes = new string[Links];
        for (var i = 0; i < Links; i++)
        {
            var body = JsonElement.Parse($$"""{"url":"https://example.com/{{i}}"}""");
            var seed = CreationSeed.New(DateTimeOffset.UtcNow);
            codes[i] = (await instance.Service<LinkOperations>().CreateAsync(caller, body, seed, CancellationToken.None)).Value!.ShortCode;
        }

        return codes;
    }

    private static async Task<int> FollowAsync(Redirect redirect, string code)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = HttpMethods.Get;
        context.Request.Headers.UserAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        await redirect.FollowAsync(context, code);
        return context.Response.StatusCode;
    }
}

/// <summary>The results of the visits of a fleet.</summary>
/// <param name="Redirected">The visits that were redirected.</param>
/// <param name="Counted">The scans of the links.</param>
/// <param name="Aggregated">The scans in the statistics.</param>
/// <param name="CallsPerVisit">The calls to storage for each visit.</param>
public sealed record RedirectFleetResult(int Redirected, long Counted, long Aggregated, double CallsPerVisit);
