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
        var failing = commits.CommitAsync(partition, new(Fail), [], TestContext.Current.CancellationToken);
        await begun.Task;
        var stale = AddAsync(commits, "row", limit: 2);
        var innocent = AddAsync(commits, "innocent", limit: 2);
        gathered.Set();

        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        Assert.Equal(CommitOutcome.Conflict, await stale);
        Assert.Equal(CommitOutcome.Done, await innocent);
        await CountsEqualARecountAsync(commits, 2);

        Rows Fail(Rows rows)
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

    [Fact]
    public async Task ManyInstances_CountsAreDividedAndTheLimitIsExact()
    {
        CountedCommits<Rows>[] instances = [.. Enumerable.Range(0, 8).Select(_ => NewCommits())];

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 160).Select(i => AddAsync(instances[i % 8], $"row{i}", limit: 100)));

        Assert.Equal(100, outcomes.Count(outcome => outcome == CommitOutcome.Done));
        Assert.Equal(60, outcomes.Count(outcome => outcome == CommitOutcome.Refused));
        Assert.Equal(CountedCommits<Rows>.MaxRows, (await CountsAsync()).Length);
        await CountsEqualARecountAsync(instances[0], 100);
    }

    /// <summary>As after a change to a plan with a limit, one row has more than its share.</summary>
    [Fact]
    public async Task RowHasMoreThanItsShare_LimitIsExactAndTheCountsAreDividedAgain()
    {
        await DivideAsync([50]);
        CountedCommits<Rows>[] instances = [.. Enumerable.Range(0, 8).Select(_ => NewCommits())];

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => AddAsync(instances[i % 8], $"row{i}", limit: 60)));

        Assert.Equal(10, outcomes.Count(outcome => outcome == CommitOutcome.Done));
        Assert.Equal(60, (await instances[0].FindAsync(partition, CancellationToken.None)).Count);
        Assert.All(await CountsAsync(), count => Assert.InRange(count, 3, 4));
    }

    /// <summary>The share of each row is too small for it, but all rows together allow it.</summary>
    [Fact]
    public async Task ManyAtOnceInDividedCounts_AreAllowedWhileTheSumAllowsThem()
    {
        await DivideAsync([]);
        var commits = NewCommits();

        Assert.Equal(CommitOutcome.Done, await CommitAsync(commits, 30, 40, new(TableTransactionActionType.Add, new TableEntity(partition, "many"))));
        var more = new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, "more"));
        Assert.Equal(CommitOutcome.Refused, await CommitAsync(commits, 11, 40, more));
        Assert.Equal(CommitOutcome.Done, await CommitAsync(commits, 10, 40, new(TableTransactionActionType.Add, new TableEntity(partition, "more"))));
    }

    /// <summary>A link that one row counted may be removed in another, whose part becomes negative.</summary>
    [Fact]
    public async Task RemovedInAnotherRow_MakesRoom()
    {
        await DivideAsync([1]);
        await Table.AddEntityAsync(new TableEntity(partition, "row0"));
        var instances = Enumerable.Range(0, 4).Select(_ => NewCommits()).ToList();
        Assert.Equal(CommitOutcome.Refused, await AddAsync(instances[0], "row1", limit: 1));

        Assert.Equal(CommitOutcome.Done, await RemoveAsync(instances[1], "row0"));

        var outcomes = await Task.WhenAll(instances.Select((commits, i) => AddAsync(commits, $"row{i}", limit: 1)));
        Assert.Single(outcomes, outcome => outcome == CommitOutcome.Done);
        await CountsEqualARecountAsync(instances[0], 1);
    }

    private CountedCommits<Rows> NewCommits() => new(
        Table,
        CountsRow,
        row => new(row.GetInt32("Count")!.Value),
        (key, row, rows) => new TableEntity(key, row) { ["Count"] = rows.Count },
        TimeProvider.System);

    private Task<CommitOutcome> AddAsync(CountedCommits<Rows> commits, string row, int? limit) =>
        CommitAsync(commits, 1, limit, new(TableTransactionActionType.Add, new TableEntity(partition, row)));

    private Task<CommitOutcome> RemoveAsync(CountedCommits<Rows> commits, string row) =>
        CommitAsync(commits, -1, null, new(TableTransactionActionType.Delete, new TableEntity(partition, row), ETag.All));

    private Task<CommitOutcome> CommitAsync(CountedCommits<Rows> commits, int more, int? limit, TableTransactionAction action) => commits.CommitAsync(
        partition,
        new(rows => new(rows.Count + more), limit is { } max ? (rows, share) => rows.Count <= share.Of(max) : null),
        [action],
        TestContext.Current.CancellationToken);

    /// <summary>Writes divided counts, with given numbers in the first rows.</summary>
    private async Task DivideAsync(int[] counts)
    {
        for (var index = 0; index < CountedCommits<Rows>.MaxRows; index++)
        {
            var row = index == 0 ? CountsRow : $"{CountsRow}{index:x}";
            await Table.AddEntityAsync(new TableEntity(partition, row) { ["Count"] = counts.ElementAtOrDefault(index) });
        }
    }

    private async Task<int[]> CountsAsync() =>
        await Table.QueryPrefix(partition, CountsRow, null, CancellationToken.None).Select(row => row.GetInt32("Count")!.Value).ToArrayAsync();

    private async Task CountsEqualARecountAsync(CountedCommits<Rows> commits, int expected)
    {
        Assert.Equal(expected, (await commits.FindAsync(partition, CancellationToken.None)).Count);
        Assert.Equal(
            expected,
            await Table.QueryAsync<TableEntity>(row => row.PartitionKey == partition)
                .CountAsync(row => !row.RowKey.StartsWith(CountsRow, StringComparison.Ordinal)));
    }

    private sealed record Rows(int Count) : ICounts<Rows>
    {
        public static Rows None { get; } = new(0);

        public static Rows operator +(Rows one, Rows other) => new(one.Count + other.Count);

        public Rows Divide(Share share) => new(share.Of(Count));
    }
}
