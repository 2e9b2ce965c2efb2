using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline;

/// <summary>
/// Limits the time that the work for a call takes. Reading its body and writing its answer take the time that the client's line needs,
/// and don't count.
/// </summary>
internal sealed class WorkDeadline : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly CancellationTokenSource either;
    private readonly CancellationToken caller;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private TimeSpan left;
    private long since;

    /// <summary>Starts the deadline.</summary>
    /// <param name="limit">The time that the work may take.</param>
    /// <param name="time">The clock.</param>
    /// <param name="caller">The token that is cancelled when the caller leaves.</param>
    public WorkDeadline(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        (this.caller, this.time) = (caller, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(caller, source.Token);
        timer = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), source, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        CancelAfter(limit);
    }

    /// <summary>Cancelled when the caller leaves or the deadline passes.</summary>
    public CancellationToken Token => either.Token;

    /// <summary>Whether the deadline, and not the caller, ended the work.</summary>
    public bool IsOver => source.IsCancellationRequested && !caller.IsCancellationRequested;

    /// <summary>Whether an answer is kept in memory for now, so that work goes on after it.</summary>
    public bool HoldsAnswer { get; set; }

    /// <summary>Gives the work another limit, from now on.</summary>
    public void CancelAfter(TimeSpan limit)
    {
        (left, since) = (limit, time.GetTimestamp());
        timer.Change(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Stops the clock while the client sends.</summary>
    public void Pause()
    {
        left -= time.GetElapsedTime(since);
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Lets the clock go on.</summary>
    public void Resume() => CancelAfter(left);

    /// <summary>Ends the deadline, since the answer is sent from now on.</summary>
    public void Complete(HttpContext context)
    {
        if (!HoldsAnswer)
        {
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            context.RequestAborted = caller;
        }
    }

    public void Dispose()
    {
        timer.Dispose();
        either.Dispose();
        source.Dispose();
    }
}
