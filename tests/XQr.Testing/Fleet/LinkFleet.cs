using System.Diagnostics;
using System.Text.Json;
using Azure.Data.Tables;
using XQr.Api.Links;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Testing.Fleet;

/// <summary>Creates links of one workspace from many instances at once.</summary>
public sealed class LinkFleet : IAsyncDisposable
{
    private static readonly JsonElement Body = JsonElement.Parse("""{"url":"https://example.com/"}""");

    private readonly StorageTraffic traffic = new();
    private readonly List<FleetInstance> fleet;

    /// <summary>Creates the instances.</summary>
    /// <param name="connectionString">The connection string of storage.</param>
    /// <param name="instances">The number of instances.</param>
    /// <param name="limit">The links that the workspace may create in a month, or -1 if unlimited.</param>
    public LinkFleet(string connectionString, int instances, int limit)
    {
        var settings = new Dictionary<string, string?> { ["Xqr:Plans:Business:LinksPerMonth"] = $"{limit}" };
        fleet = [.. Enumerable.Range(0, instances).Select(_ => new FleetInstance(connectionString, traffic, settings))];
    }

    /// <summary>Sends creations to all instances at the same time, and counts what became of them.</summary>
    /// <param name="creations">The number of creations of each instance.</param>
    /// <param name="timeout">The time that each of them has.</param>
    public async Task<LinkFleetResult> CreateAsync(int creations, TimeSpan timeout)
    {
        var store = fleet[0].Service<WorkspaceStore>();
        await CreateEachAsync(await store.CreateAsync(new("Before", Plan.Business), CancellationToken.None));
        var workspace = await store.CreateAsync(new("Fleet", Plan.Business), CancellationToken.None);
        var (calls, conflicts, start) = (traffic.Calls, traffic.Conflicts, Stopwatch.GetTimestamp());
        var answers = await Task.WhenAll(
            Enumerable.Range(0, creations).SelectMany(_ => fleet.Select(instance => CreateAsync(instance, workspace, timeout))));
        var (duration, created) = (Stopwatch.GetElapsedTime(start), answers.Count(answer => answer == Answer.Created));
        (calls, conflicts) = (traffic.Calls - calls, traffic.Conflicts - conflicts);

        // A commit whose caller has given up may still be under way.
        await Task.Delay(answers.Any(answer => answer == Answer.Failed) ? timeout : TimeSpan.Zero);
        var counts = await fleet[0].Service<CountedCommits<LinkUsage>>().FindAsync(workspace.Id, CancellationToken.None);
        return new(
            created,
            answers.Count(answer => answer == Answer.OverLimit),
            answers.Count(answer => answer == Answer.Failed),
            counts.Links,
            await CountAsync(workspace.Id),
            calls / (double)answers.Length,
            conflicts / (double)answers.Length,
            duration);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in fleet)
        {
            await instance.DisposeAsync();
        }
    }

    /// <summary>Creates a link on one instance after the other, so that a start is no part of what is measured.</summary>
    private async Task CreateEachAsync(Workspace workspace)
    {
        foreach (var instance in fleet)
        {
            await CreateAsync(instance, workspace, Timeout.InfiniteTimeSpan);
        }
    }

    private static async Task<Answer> CreateAsync(FleetInstance instance, Workspace workspace, TimeSpan timeout)
    {
        var caller = new Caller(workspace, instance.Service<PlansOptions>()[workspace.Plan], Actor.Operator);
        using var deadline = new CancellationTokenSource(timeout);
        try
        {
            var seed = CreationSeed.New(DateTimeOffset.UtcNow);
            var result = await instance.Service<LinkOperations>().CreateAsync(caller, Body, seed, deadline.Token);
            return result.Succeeded ? Answer.Created
                : result.Error.Code == "PLAN_LIMIT_EXCEEDED" ? Answer.OverLimit
                : throw new InvalidOperationException(result.Error.Message);
        }
        catch (Exception exception) when (StorageFailure.IsOutage(exception))
        {
            return Answer.Failed;
        }
    }

    private async Task<int> CountAsync(string workspaceId) =>
        await fleet[0].Service<Tables>().Workspaces.QueryAsync<TableEntity>(
            $"{TableEntities.Between(workspaceId, LinkKeys.Prefix, LinkKeys.After(LinkKeys.Prefix))} and {LinkListStore.IsLink}").CountAsync();

    private enum Answer
    {
        Created,
        OverLimit,
        Failed,
    }
}

/// <summary>The results of the creations of a fleet.</summary>
/// <param name="Created">The links that were created.</param>
/// <param name="OverLimit">The creations that the limit of the plan refused.</param>
/// <param name="Failed">The creations that would have been answered with 503.</param>
/// <param name="Counted">The links that the counts of the workspace have.</param>
/// <param name="Stored">The links that a recount finds.</param>
/// <param name="CallsPerCreation">The calls to storage for each creation.</param>
/// <param name="ConflictsPerCreation">The writes for each creation that another writer overtook.</param>
/// <param name="Duration">The time until the last answer.</param>
public sealed record LinkFleetResult(
    int Created, int OverLimit, int Failed, int Counted, int Stored, double CallsPerCreation, double ConflictsPerCreation, TimeSpan Duration);
