using System.Security.Cryptography;
using Azure.Data.Tables;
using XQr.Api.Pipeline.Idempotency;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>Tests of the removal of expired requests. They are in the past, so that the requests of other tests stay.</summary>
public sealed class IdempotencySweepTests(ServiceFixture service) : IAsyncLifetime
{
    private const int LargeBody = 40_000;

    private static readonly TimeSpan Expiry = TimeSpan.FromHours(26);

    private readonly StillTime time = new(new(2001, 3, 15, 12, 30, 0, TimeSpan.Zero));
    private readonly string workspaceId = Ids.NewWorkspace(TimeProvider.System.GetUtcNow());
    private XQrApplication instance = null!;
    private XQrApplication other = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IdempotencyStore Store => instance.Service<IdempotencyStore>();

    private TableClient Table => instance.Service<Tables>().Idempotency;

    public async ValueTask InitializeAsync()
    {
        instance = await service.StartAnotherAsync(services: time.Register);
        other = await service.StartAnotherAsync(services: time.Register);
    }

    public async ValueTask DisposeAsync()
    {
        // What a failed test has left is in no other test's way.
        time.Advance(TimeSpan.FromDays(365));
        await instance.DoWorkAsync("idempotency");
        await instance.DisposeAsync();
        await other.DisposeAsync();
    }

    [Fact]
    public async Task ExpiredRequestsAndBlobs_AreRemovedAndNoOthers()
    {
        await AddAsync(LargeBody);
        await AddAsync();
        time.Advance(Expiry);
        var valid = await AddAsync(LargeBody);

        await instance.DoWorkAsync("idempotency");

        Assert.Equal((2, 1, 1), (await CountAsync(), await CountHoursAsync(), await CountBlobsAsync()));
        Assert.IsType<IdempotencyState.Completed>(await Store.BeginAsync(valid with { Run = NewName() }, Cancellation));
    }

    [Fact]
    public async Task RequestThatExpiresInThisHour_Stays()
    {
        await AddAsync();
        time.Advance(TimeSpan.FromHours(24.6));
        await instance.DoWorkAsync("idempotency");

        Assert.Equal((2, 1), (await CountAsync(), await CountHoursAsync()));
    }

    [Fact]
    public async Task KeyUsedAgain_Stays()
    {
        var request = await AddAsync();
        time.Advance(Expiry);
        var again = request with { Run = NewName() };
        await CompleteAsync(again);

        await instance.DoWorkAsync("idempotency");

        Assert.IsType<IdempotencyState.Completed>(await Store.BeginAsync(request with { Run = NewName() }, Cancellation));
        Assert.Equal((2, 1), (await CountAsync(), await CountHoursAsync()));
    }

    /// <summary>A query that reads all requests has pages of a thousand rows.</summary>
    [Fact]
    public async Task ManyValidRequests_AreNotRead()
    {
        await Task.WhenAll(AddAsync(), AddAsync(), AddAsync());
        time.Advance(Expiry);
        await AddManyAsync(2_500);

        // The hours, the index, the requests, their removal with the index, that of the hour, and the list of the blobs.
        Assert.Equal(1 + 1 + 3 + 1 + 1 + 1, await instance.Calls.CostAsync(() => instance.DoWorkAsync("idempotency")));
        Assert.Equal(1 + 1, await instance.Calls.CostAsync(() => instance.DoWorkAsync("idempotency")));
        Assert.Equal(5_000, await CountAsync());
    }

    [Fact]
    public async Task Request_CostsOneTransactionAndTheFirstOfAnHourOneMore()
    {
        Assert.Equal(3, await instance.Calls.CostAsync(() => AddAsync()));
        Assert.Equal(2, await instance.Calls.CostAsync(() => AddAsync()));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, await instance.Calls.CostAsync(() => AddAsync()));
        Assert.Equal(3, await instance.Calls.CostAsync(() => AddAsync(LargeBody)));
    }

    [Fact]
    public async Task BudgetIsUsedUp_TheNextMessageContinues()
    {
        await AddManyAsync(600);
        time.Advance(Expiry);

        Assert.InRange(await instance.DoWorkAsync("idempotency", budget: new TickingTime(seconds: 5)), 2, 4);
        Assert.Equal((0, 0), (await CountAsync(), await CountHoursAsync()));
    }

    [Fact]
    public async Task ProcessDiesAtAnyCall_AllIsRemoved() => await WorkRuns.DieAtEachCallAsync(
        other,
        instance,
        "idempotency",
        async () =>
        {
            await AddAsync(LargeBody);
            await AddAsync();
            time.Advance(Expiry);
            return "";
        },
        async () => Assert.Equal((0, 0, 0), (await CountAsync(), await CountHoursAsync(), await CountBlobsAsync())));

    [Fact]
    public async Task RequestWithoutAnIndex_IsRemovedByTheWeeklyPass()
    {
        await AddOldAsync(150);
        time.Advance(TimeSpan.FromHours(50));
        var valid = await AddAsync();
        await instance.DoWorkAsync("idempotency");
        Assert.Equal(152, await CountAsync());

        // A message for each thousand rows.
        await instance.DoWorkAsync("idempotency-all", budget: new TickingTime(seconds: 60));

        Assert.Equal(2, await CountAsync());
        Assert.IsType<IdempotencyState.Completed>(await Store.BeginAsync(valid with { Run = NewName() }, Cancellation));
    }

    [Fact]
    public Task ProcessDiesAtAnyCallOfTheWeeklyPass_AllIsRemoved() => WorkRuns.DieAtEachCallAsync(
        other,
        instance,
        "idempotency-all",
        async () =>
        {
            await AddOldAsync(2);
            time.Advance(TimeSpan.FromHours(50));
            return "";
        },
        async () => Assert.Equal(0, await CountAsync()));

    /// <summary>The earlier version removes every row whose ExpiresAt is over, and no other row.</summary>
    [Fact]
    public async Task EarlierVersion_ReadsAndRemovesAllRows()
    {
        var request = await AddAsync();
        var row = await Table.GetEntityAsync<TableEntity>(workspaceId, request.Name, cancellationToken: Cancellation);
        Assert.Equal(
            ["Body", "Content", "ExpiresAt", "Headers", "LeasedUntil", "PartitionKey", "RowKey", "Run", "Seed", "StartedAt", "Status", "Timestamp"],
            row.Value.Keys.Where(name => name != "odata.etag").Order(StringComparer.Ordinal));

        var hours = await Table.QueryAsync<TableEntity>(hour => hour.RowKey == workspaceId).ToListAsync(Cancellation);
        var rows = await Table.QueryAsync<TableEntity>(other => other.PartitionKey == workspaceId).ToListAsync(Cancellation);
        Assert.All(rows, other => Assert.Equal(time.GetUtcNow().AddHours(24), other.GetDateTimeOffset("ExpiresAt")));
        Assert.True(Assert.Single(hours).GetDateTimeOffset("ExpiresAt") > time.GetUtcNow().AddHours(24));
    }

    private static string NewName() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    private async Task<KeyedRequest> AddAsync(int bodyLength = 10)
    {
        var request = new KeyedRequest(workspaceId, NewName(), [1], NewName());
        await CompleteAsync(request, bodyLength);
        return request;
    }

    private async Task CompleteAsync(KeyedRequest request, int bodyLength = 10)
    {
        var started = Assert.IsType<IdempotencyState.Started>(await Store.BeginAsync(request, Cancellation));
        Assert.True(await Store.TryCompleteAsync(request, started, new(201, "", new byte[bodyLength]), Cancellation));
    }

    /// <summary>Adds requests with their index, in few transactions.</summary>
    private async Task AddManyAsync(int count)
    {
        await AddAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(1, count - 1).Chunk(50),
            Cancellation,
            async (chunk, token) => await Table.SubmitTransactionAsync(
                chunk.SelectMany(_ => IdempotencyRows.WithIndex(new(TableTransactionActionType.Add, NewRow()))), token));
    }

    /// <summary>Adds requests as the earlier version wrote them.</summary>
    private async Task AddOldAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Table.AddEntityAsync(NewRow(), Cancellation);
        }
    }

    private TableEntity NewRow() => IdempotencyRows.ToRow(
        new(workspaceId, NewName(), [1], NewName()), CreationSeed.New(time.GetUtcNow()), time.GetUtcNow());

    private async Task<int> CountAsync() =>
        await Table.QueryAsync<TableEntity>(row => row.PartitionKey == workspaceId).CountAsync(Cancellation);

    private async Task<int> CountHoursAsync() => await Table.QueryAsync<TableEntity>(row => row.RowKey == workspaceId).CountAsync(Cancellation);

    private async Task<int> CountBlobsAsync() => await instance.Service<Containers>().Idempotency.GetBlobsAsync()
        .CountAsync(blob => blob.Name.Contains($"/{workspaceId}/", StringComparison.Ordinal), Cancellation);
}
