using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.Tests.Storage;

public sealed class CommitQueueTests
{
    [Fact]
    public async Task CommitCannotBeTaken_FailsAndTheNextIsCarriedOut()
    {
        var queue = new CommitQueue<Sum>();
        var impossible = NewCommit(new UnknownEntity());
        queue.Add(impossible, RunAsync);
        await Assert.ThrowsAsync<InvalidCastException>(() => impossible.Outcome);

        var next = NewCommit(new TableEntity("p", "r"));
        queue.Add(next, RunAsync);

        Assert.Equal(CommitOutcome.Done, await next.Outcome);
        await Eventually.TrueAsync(() => Task.FromResult(queue.IsIdle), "Nothing runs.");
    }

    private static Task RunAsync(List<Commit<Sum>> batch)
    {
        batch.ForEach(commit => commit.End(CommitOutcome.Done));
        return Task.CompletedTask;
    }

    private static Commit<Sum> NewCommit(ITableEntity row) =>
        new(new(counts => counts), [new TableTransactionAction(TableTransactionActionType.Add, row)], CancellationToken.None);

    private sealed record Sum : ICounts<Sum>
    {
        public static Sum None { get; } = new();

        public static Sum operator +(Sum one, Sum other) => one;

        public Sum Divide(Share share) => this;
    }

    private sealed class UnknownEntity : ITableEntity
    {
        public string PartitionKey { get; set; } = "p";

        public string RowKey { get; set; } = "r";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }
    }
}
