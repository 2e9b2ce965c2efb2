using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline;

/// <summary>
/// Limits the time of the work for a call. The time to read its body and to write its response depends on the client's connection and does
/// not count.
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
    /// <param name="limit">The maximum time of the work.</param>
    /// <param name="time">The clock.</param>
    /// <param name="caller">The token that is cancelled when the caller leaves.</param>
    public WorkDeadline(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        (this.caller, this.time) = (caller, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(caller, source.Token);
        timer = time.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(), source, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        CancelAfter(limit);
    }

    /// <summary>Gets a token that is cancelled when the caller leaves or the deadline passes.</summary>
    public CancellationToken Token => either.Token;

    /// <summary>Gets a token that is cancelled when the deadline passes, even if the caller has left.</summary>
    public CancellationToken TokenWithoutCaller => source.Token;

    /// <summary>Gets a value that indicates whether the deadline, and not the caller, ended the work.</summary>
    public bool IsOver => source.IsCancellationRequested && !caller.IsCancellationRequested;

    /// <summary>Gets or sets a value that indicates whether the response is held in memory, so that work continues after it.</summary>
    public bool HoldsAnswer { get; set; }

    /// <summary>Sets another limit that starts now.</summary>
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

    /// <summary>Resumes the clock.</summary>
    public void Resume() => CancelAfter(left);

    /// <summary>Ends the deadline when the response is sent.</summary>
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
