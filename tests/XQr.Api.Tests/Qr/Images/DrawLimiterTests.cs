using XQr.Api.Pipeline;
using XQr.Api.Qr.Images;

namespace XQr.Api.Tests.Qr.Images;

public sealed class DrawLimiterTests
{
    [Fact]
    public async Task MoreThanTheSlots_WaitAndMoreThanMayWait_AreRejected()
    {
        using var limiter = new DrawLimiter(slots: 1, maxWaiting: 1, TimeProvider.System);
        using var drawing = new Drawing(limiter);
        using var cancellation = new CancellationTokenSource();
        var waiting = limiter.RunWhenFreeAsync(() => 2, cancellation.Token);
        using var left = new CancellationTokenSource();
        var leaving = limiter.RunAsync(() => 3, left.Token);

        await Assert.ThrowsAsync<OverloadException>(() => limiter.RunAsync(() => 4, CancellationToken.None));
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        var next = limiter.RunAsync(() => 5, CancellationToken.None);
        drawing.End();

        var results = await Task.WhenAll(drawing.Result, waiting, next);
        Assert.Equal([1, 2, 5], results);
    }

    [Fact]
    public async Task SlotThatIsNeverFree_IsRejectedAfterTheTimeout()
    {
        using var limiter = new DrawLimiter(slots: 0, maxWaiting: 1, TimeProvider.System);

        await Assert.ThrowsAsync<OverloadException>(() => limiter.RunAsync(() => 1, CancellationToken.None));
    }

    [Fact]
    public async Task FailedWork_FreesItsSlot()
    {
        using var limiter = new DrawLimiter(slots: 1, maxWaiting: 0, TimeProvider.System);

        await Assert.ThrowsAsync<FormatException>(() => limiter.RunAsync<int>(() => throw new FormatException(), CancellationToken.None));

        Assert.Equal(1, await limiter.RunAsync(() => 1, CancellationToken.None));
    }

    /// <summary>Occupies a slot until it ends.</summary>
    private sealed class Drawing : IDisposable
    {
        private readonly ManualResetEventSlim mayEnd = new();

        public Drawing(DrawLimiter limiter)
        {
            using var begun = new ManualResetEventSlim();
            Result = Task.Factory.StartNew(
                () => limiter.RunAsync(
                    () =>
                    {
                        begun.Set();
                        mayEnd.Wait();
                        return 1;
                    },
                    CancellationToken.None),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap();
            begun.Wait();
        }

        public Task<int> Result { get; }

        public void End() => mayEnd.Set();

        public void Dispose() => mayEnd.Dispose();
    }
}
