using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Work;

/// <summary>
/// Stores a note for each message that is on its way, so that work is requested once and lost messages are found. Table <c>Work</c>, partition
/// <c>n{shard}</c>, 1 of 64 by a hash of the row key <c>{work}_{subject}</c>: Work, Subject, Due, Resent (how often the message was sent again).
/// </summary>
internal sealed class WorkNoteStore(Tables tables, TimeProvider time)
{
    private const string Prefix = "n";
    private const string PrefixEnd = "o";

    /// <summary>Adds a note that a message is due; returns false if there is one. One transaction.</summary>
    public async Task<bool> TryAddAsync(WorkMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        await tables.Work.TryAddAsync(NoteOf(message, delay), cancellationToken) is not null;

    /// <summary>Adds or replaces the note. One transaction.</summary>
    public Task SetAsync(WorkMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        tables.Work.UpsertEntityAsync(NoteOf(message, delay), TableUpdateMode.Replace, cancellationToken);

    /// <summary>Removes the note; returns false if there is none. One transaction.</summary>
    public async Task<bool> TryRemoveAsync(WorkMessage message, CancellationToken cancellationToken)
    {
        var key = KeyOf(message);
        return (await tables.Work.DeleteEntityAsync(PartitionOf(key), key, ETag.All, cancellationToken)).Status != 404;
    }

    /// <summary>
    /// Finds notes whose message has been due for a while, and moves on the time at which they are due. Each is moved, and returned, in one
    /// instance. One transaction for each thousand notes, and one for each that is overdue.
    /// </summary>
    public async IAsyncEnumerable<WorkMessage> FindLostAsync(
        TimeSpan overdue, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {Prefix} and PartitionKey lt {PrefixEnd} and Due lt {time.GetUtcNow() - overdue}");
        await foreach (var note in tables.Work.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            var resent = (note.GetInt32("Resent") ?? 0) + 1;
            var moved = new TableEntity(note.PartitionKey, note.RowKey)
            {
                ["Due"] = time.GetUtcNow() + Backoff.Delay(overdue, resent, TimeSpan.FromHours(1)),
                ["Resent"] = resent,
            };
            if (await tables.Work.TryUpdateAsync(moved, note.ETag, TableUpdateMode.Merge, cancellationToken) is not null)
            {
                yield return new(note.GetString("Work"), note.GetString("Subject"));
            }
        }
    }

    private static string KeyOf(WorkMessage message) => $"{message.Work}_{message.Subject}";

    private static string PartitionOf(string key) => $"{Prefix}{WorkShards.Of(key)}";

    private TableEntity NoteOf(WorkMessage message, TimeSpan delay)
    {
        var key = KeyOf(message);
        return new(PartitionOf(key), key) { ["Work"] = message.Work, ["Subject"] = message.Subject, ["Due"] = time.GetUtcNow() + delay };
    }
}
