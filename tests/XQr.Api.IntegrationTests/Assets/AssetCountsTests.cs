using System.Net;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Assets;

[Collection<OneByOne>]
public sealed class AssetCountsTests(OwnStorage storage)
{
    private const int Parallelism = 32;
    private const int Rounds = 4;

    /// <summary>Half of the requests go to an instance that dies every few calls.</summary>
    [Fact]
    public async Task ParallelUploadsAndDeletesWithCrashes_CountsEqualARecount()
    {
        var workspace = await storage.Sound.NewWorkspaceAsync();
        using var dying = storage.Dying.NewClient(workspace.Key);
        using var ended = new CancellationTokenSource();
        var deaths = DieNowAndThenAsync(ended.Token);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, Parallelism),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism },
            async (worker, _) =>
            {
                for (var round = 0; round < Rounds; round++)
                {
                    await WorkAsync(worker % 2 == 0 ? workspace.Client : dying, worker + round);
                }
            });
        await ended.CancelAsync();
        var died = await deaths;

        // A commit may be retried after its request has given up, so all calls of the process fail until the counts are compared.
        storage.Dying.Faults.DieAfter(0, loseNextResponse: false);
        Assert.True(died > 0, "Nothing died: the test tests less than it says.");
        Assert.NotEmpty(await OwnStorage.AssetsAsync(workspace));
        await storage.CheckAsync(workspace);
        storage.Dying.Faults.End();
    }

    [Fact]
    public async Task ParallelPresignsOfTwoInstances_FillThePlanToTheByte()
    {
        var settings = new Dictionary<string, string?> { ["Xqr:Plans:Business:StorageMb"] = "1", ["Xqr:Plans:Business:BurstPerSecond"] = "1000" };
        await using var one = await storage.StartAsync(settings);
        await using var other = await storage.StartAsync(settings);
        var workspace = await one.NewWorkspaceAsync(Plan.Business);
        using var client = other.NewClient(workspace.Key);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 48).Select(index => (index % 2 == 0 ? workspace.Client : client).PresignAsync(64 * 1024)));

        Assert.Equal(16, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(32, answers.Count(answer => answer.StatusCode == HttpStatusCode.Forbidden));
        Assert.Equal(new(16, 1024 * 1024), await one.UsageAsync(workspace.Id));
    }

    /// <summary>Runs the operations of an asset in a different sequence for each kind. Failures are ignored.</summary>
    private static async Task WorkAsync(HttpClient client, int kind)
    {
        var answer = await client.PresignAsync(AssetSteps.Png.Length);
        if (!answer.IsSuccessStatusCode)
        {
            return;
        }

        var presigned = await answer.DataAsync();
        var id = presigned.Text("asset_id");
        await presigned.UploadAsync(AssetSteps.Png);
        await client.DoAsync(id, "confirm");
        if (kind % 4 < 2)
        {
            await client.DoAsync(id, "publish");
        }

        if (kind % 3 > 0)
        {
            await client.DeleteAsync($"{AssetSteps.Assets}/{id}");
        }
    }

    /// <summary>Lets the instance die after some calls, and live again some time later.</summary>
    /// <returns>The number of its deaths.</returns>
    private async Task<int> DieNowAndThenAsync(CancellationToken cancellationToken)
    {
        var died = 0;
        for (var (random, faults) = (new Random(7), storage.Dying.Faults); !cancellationToken.IsCancellationRequested;)
        {
            faults.DieAfter(random.Next(5, 40), random.Next(2) == 0);
            while (!faults.Happened && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(10, CancellationToken.None);
            }

            await Task.Delay(100, CancellationToken.None);
            died += faults.Happened ? 1 : 0;
            faults.End();
            await Task.Delay(50, CancellationToken.None);
        }

        return died;
    }
}
