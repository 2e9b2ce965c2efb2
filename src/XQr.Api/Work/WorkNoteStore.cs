using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Work;

/// <summary>
/// Stores a note for each message that is on its way, so that work is requested once and lost messages are found. Table <c>Work</c>, partition
/// <c>n{shard}</c>, 1 of 64 by a hash of the row key <c>{work}_{subject}</c>: Work, Subject, Due, Resent (how often the message was sent again),
/// Failed (whether the message failed before: it is tried again, or it waits in the poison queue).
/// </summary>
internal sealed class WorkNoteStore(Tables tables, TimeProvider time)
{
    private const string Prefix = "n";
    private const string PrefixEnd = "o";
    private const string Failed = "Failed";

    /// <summary>Adds a note that a message is due; returns false if there is one. One transaction.</summary>
    public async Task<bool> TryAddAsync(WorkMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        await tables.Work.TryAddAsync(NoteOf(message, delay), cancellationToken) is not null;

    /// <summary>Adds or replaces the note. One transaction.</summary>
    public Task SetAsync(WorkMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        tables.Work.UpsertEntityAsync(NoteOf(message, delay), TableUpdateMode.Replace, cancellationToken);

    /// <summary>
    /// Adds or replaces the note by that of a failed message. Until the message comes again, or is overdue, requests send no message, and other
    /// messages of the work do nothing. One transaction.
    /// </summary>
    public Task SetFailedAsync(WorkMessage message, TimeSpan delay, CancellationToken cancellationToken)
    {
        var note = NoteOf(message, delay);
        note[Failed] = true;
        return tables.Work.UpsertEntityAsync(note, TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Returns whether a message that comes for the first time has its note. One transaction.</summary>
    public async Task<bool> IsWaitingForAsync(WorkMessage message, CancellationToken cancellationToken)
    {
        var key = KeyOf(message);
        return await tables.Work.FindAsync(PartitionOf(key), key, cancellationToken) is { } note && note.GetBoolean(Failed) != true;
    }

    /// <summary>Removes the note if there is one. One transaction.</summary>
    public Task RemoveAsync(WorkMessage message, CancellationToken cancellationToken)
    {
        var key = KeyOf(message);
        return tables.Work.DeleteEntityAsync(PartitionOf(key), key, ETag.All, cancellationToken);
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
                [Failed] = false,
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
