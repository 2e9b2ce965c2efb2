using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Images;

/// <summary>
/// Limits concurrent drawings and logo reads in this process, so that one processor is left for redirects. Work that waits too long, or
/// behind too many others, is rejected.
/// </summary>
/// <param name="slots">The maximum number of concurrent drawings.</param>
/// <param name="maxWaiting">The maximum number of waiting callers.</param>
/// <param name="time">The clock of the wait.</param>
internal sealed class DrawLimiter(int slots, int maxWaiting, TimeProvider time) : IDisposable
{
    private const int WaitingPerSlot = 32;

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim free = new(slots);
    private int waiting;

    /// <summary>Creates a limiter for this machine: all processors but one can draw.</summary>
    public DrawLimiter(TimeProvider time)
        : this(Math.Max(1, Environment.ProcessorCount - 1), WaitingPerSlot * Math.Max(1, Environment.ProcessorCount - 1), time)
    {
    }

    /// <summary>Runs work when a slot is free.</summary>
    /// <exception cref="OverloadException">No slot was free in time.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        using var slot = await EnterAsync(cancellationToken);
        return work();
    }

    /// <summary>Takes a slot when one is free, until the result is disposed.</summary>
    /// <exception cref="OverloadException">No slot was free in time.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        if (!free.Wait(0, CancellationToken.None))
        {
            await WaitAsync(cancellationToken);
        }

        return new Slot(free);
    }

    /// <summary>Runs work of a response that has started, and waits for a free slot without a timeout.</summary>
    public async Task<T> RunWhenFreeAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        using var slot = new Slot(free);
        return work();
    }

    public void Dispose() => free.Dispose();

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(MaxWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            if (Interlocked.Increment(ref waiting) > maxWaiting)
            {
                throw Overload();
            }

            await free.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Overload();
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private static OverloadException Overload() =>
        new("This instance draws as many images as it can; try again in a moment, or ask for a smaller size.");

    private sealed class Slot(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
