namespace XQr.Api.Work;

/// <summary>Requests background work.</summary>
internal sealed class WorkQueue(WorkQueueStore queue, WorkNoteStore notes)
{
    /// <summary>
    /// Requests work, unless a message about it is on its way. Call this after the rows that need the work are stored: a run that begins later
    /// sees them. Two transactions, or one if the work was requested before.
    /// </summary>
    /// <remarks>If the process dies between the two, the <see cref="WorkSweep"/> finds the note.</remarks>
    /// <param name="work">The name of the work.</param>
    /// <param name="subject">The subject, see <see cref="WorkMessage"/>.</param>
    /// <param name="delay">The time until the work runs, at most seven days.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task RequestAsync(string work, string subject, TimeSpan delay, CancellationToken cancellationToken)
    {
        var message = new WorkMessage(work, subject);
        if (await notes.TryAddAsync(message, delay, cancellationToken))
        {
            await queue.SendAsync(message, delay, cancellationToken);
        }
    }

    /// <summary>Sends a message now, even if one about the same work is on its way or was given up. Two transactions.</summary>
    public async Task SendAgainAsync(WorkMessage message, CancellationToken cancellationToken)
    {
        await notes.SetAsync(message, TimeSpan.Zero, cancellationToken);
        await queue.SendAsync(message, TimeSpan.Zero, cancellationToken);
    }
}
