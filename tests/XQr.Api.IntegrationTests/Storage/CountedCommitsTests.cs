using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Storage;

/// <summary>Commits that share a transaction: none of them suffers from what is wrong with another.</summary>
public sealed class CountedCommitsTests(ServiceFixture service)
{
    private const string CountsRow = "counts";

    private readonly string partition = $"commits-{Guid.NewGuid():N}";

    private TableClient Table => service.Application.Service<Tables>().Workspaces;

    [Fact]
    public async Task ManyStaleCommits_TheOthersAreDone()
    {
        const int Stale = 40;
        var commits = NewCommits();
        var (conflicts, innocents) = (new List<Task<CommitOutcome>>(), new List<Task<CommitOutcome>>());
        for (var i = 0; i < Stale; i++)
        {
            conflicts.Add(AddAsync(commits, "first", limit: null));
            if (i % 10 == 9)
            {
                innocents.Add(AddAsync(commits, $"row{i}", limit: null));
            }
        }

        Assert.All(await Task.WhenAll(innocents), outcome => Assert.Equal(CommitOutcome.Done, outcome));
        var outcomes = await Task.WhenAll(conflicts);
        Assert.Single(outcomes, outcome => outcome == CommitOutcome.Done);
        Assert.Equal(Stale - 1, outcomes.Count(outcome => outcome == CommitOutcome.Conflict));
        await CountsEqualARecountAsync(commits, 1 + innocents.Count);
    }

    [Fact]
    public async Task ManyStaleCommitsInOneTransaction_TheOthersAreDone()
    {
        const int Stale = 40;
        var commits = NewCommits();
        Assert.Equal(CommitOutcome.Done, await AddAsync(commits, "first", limit: null));

        // Each deletes another row that does not exist. Only storage can detect that they are stale.
        Task<CommitOutcome>[] stale = [.. Enumerable.Range(0, Stale).Select(i => RemoveAsync(commits, $"gone{i}"))];
        var innocent = AddAsync(commits, "innocent", limit: null);

        Assert.All(await Task.WhenAll(stale), outcome => Assert.Equal(CommitOutcome.Conflict, outcome));
        Assert.Equal(CommitOutcome.Done, await innocent);
        await CountsEqualARecountAsync(commits, 2);
    }

    [Fact]
    public async Task CommitThatStorageRefusesForGood_FailsAlone()
    {
        var commits = NewCommits();
        await AddAsync(commits, "first", limit: null);

        var refused = CommitAsync(
            commits, 1, null, new(TableTransactionActionType.Add, new TableEntity(partition, "bad") { ["Text"] = new string('x', 40_000) }));
        var innocent = AddAsync(commits, "innocent", limit: null);

        await Assert.ThrowsAnyAsync<RequestFailedException>(() => refused);
        Assert.Equal(CommitOutcome.Done, await innocent);
        await CountsEqualARecountAsync(commits, 2);
    }

    /// <summary>Stale commits before it would fill the limit, if they were carried out.</summary>
    [Fact]
    public async Task RoomForOneBehindStaleCommits_IsGivenToIt()
    {
        var commits = NewCommits();
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(CommitOutcome.Done, await AddAsync(commits, $"row{i}", limit: 5));
        }

        Task<CommitOutcome>[] stale = [.. Enumerable.Range(0, 4).Select(i => AddAsync(commits, $"row{i}", limit: 5))];
        var innocent = AddAsync(commits, "innocent", limit: 5);

        Assert.All(await Task.WhenAll(stale), outcome => Assert.Equal(CommitOutcome.Conflict, outcome));
        Assert.Equal(CommitOutcome.Done, await innocent);
        Assert.Equal(CommitOutcome.Refused, await AddAsync(commits, "over", limit: 5));
        await CountsEqualARecountAsync(commits, 5);
    }

    /// <summary>The counts are read for the transaction that has both: they allow the second commit once the first has failed.</summary>
    [Fact]
    public async Task RoomThatAStaleCommitOfTheSameTransactionWouldTake_IsGivenToTheNext()
    {
        var commits = NewCommits();
        Assert.Equal(CommitOutcome.Done, await AddAsync(commits, "row", limit: 2));

        // The others gather while this one is under way. It fails, so that the counts are not known any more.
        using var gathered = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        var failing = commits.CommitAsync(partition, Fail, [], TestContext.Current.CancellationToken);
        await begun.Task;
        var stale = AddAsync(commits, "row", limit: 2);
        var innocent = AddAsync(commits, "innocent", limit: 2);
        gathered.Set();

        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        Assert.Equal(CommitOutcome.Conflict, await stale);
        Assert.Equal(CommitOutcome.Done, await innocent);
        await CountsEqualARecountAsync(commits, 2);

        Rows? Fail(Rows rows)
        {
            begun.SetResult();
            gathered.Wait(TestContext.Current.CancellationToken);
            throw new InvalidOperationException("As the test wants.");
        }
    }

    [Fact]
    public async Task RoomThatAnotherInstanceMade_IsSeenAtOnce()
    {
        var (one, two) = (NewCommits(), NewCommits());
        Assert.Equal(CommitOutcome.Done, await AddAsync(one, "first", limit: 1));

        Assert.Equal(CommitOutcome.Done, await RemoveAsync(two, "first"));

        Assert.Equal(CommitOutcome.Done, await AddAsync(one, "second", limit: 1));
        Assert.Equal(CommitOutcome.Refused, await AddAsync(two, "third", limit: 1));
    }

    [Fact]
    public async Task ManyAtOnceOnTwoInstances_LimitIsExact()
    {
        CountedCommits<Rows>[] instances = [NewCommits(), NewCommits()];

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => AddAsync(instances[i % 2], $"row{i}", limit: 20)));

        Assert.Equal(20, outcomes.Count(outcome => outcome == CommitOutcome.Done));
        Assert.Equal(40, outcomes.Count(outcome => outcome == CommitOutcome.Refused));
        await CountsEqualARecountAsync(instances[0], 20);
    }

    private CountedCommits<Rows> NewCommits() => new(
        Table,
        CountsRow,
        row => new(row?.GetInt32("Count") ?? 0),
        (key, rows) => new TableEntity(key, CountsRow) { ["Count"] = rows.Count },
        TimeProvider.System);

    private Task<CommitOutcome> AddAsync(CountedCommits<Rows> commits, string row, int? limit) =>
        CommitAsync(commits, 1, limit, new(TableTransactionActionType.Add, new TableEntity(partition, row)));

    private Task<CommitOutcome> RemoveAsync(CountedCommits<Rows> commits, string row) =>
        CommitAsync(commits, -1, null, new(TableTransactionActionType.Delete, new TableEntity(partition, row), ETag.All));

    private Task<CommitOutcome> CommitAsync(CountedCommits<Rows> commits, int more, int? limit, TableTransactionAction action) => commits.CommitAsync(
        partition, rows => rows.Count + more > limit ? null : new(rows.Count + more), [action], TestContext.Current.CancellationToken);

    private async Task CountsEqualARecountAsync(CountedCommits<Rows> commits, int expected)
    {
        Assert.Equal(expected, (await commits.FindAsync(partition, CancellationToken.None)).Count);
        Assert.Equal(expected, await Table.QueryAsync<TableEntity>(row => row.PartitionKey == partition && row.RowKey != CountsRow).CountAsync());
    }

    private sealed record Rows(int Count);
}
