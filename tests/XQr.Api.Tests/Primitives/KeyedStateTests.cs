using Microsoft.Extensions.Time.Testing;
using XQr.Api.Primitives;

namespace XQr.Api.Tests.Primitives;

public sealed class KeyedStateTests
{
    private const int Tenants = 20_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider time = new();

    [Fact]
    public void ManyKeysSeenThenIdle_NothingIsLeft()
    {
        var disposed = 0;
        var states = New(_ => new(() => disposed++));
        for (var round = 1; round <= 2; round++)
        {
            for (var tenant = 0; tenant < Tenants; tenant++)
            {
                states.Use($"{tenant}").Dispose();
            }

            Assert.Equal(Tenants, states.Count);
            AdvanceTwice();

            Assert.Equal((0, Tenants * round), (states.Count, disposed));
        }
    }

    [Fact]
    public void Used_Stays()
    {
        var states = New(_ => new());
        var first = UseOnce(states);
        for (var minute = 0; minute < 10; minute++)
        {
            time.Advance(Interval);
            Assert.Same(first, UseOnce(states));
        }
    }

    [Fact]
    public void InUse_StaysUntilItWasUnusedForAnInterval()
    {
        var states = New(_ => new());
        using (var lease = states.Use("key"))
        {
            time.Advance(10 * Interval);
            Assert.Same(lease.State, UseOnce(states));
            Assert.False(lease.State.IsDisposed);
        }

        time.Advance(Interval);
        Assert.Equal(1, states.Count);
        time.Advance(Interval);
        Assert.Equal(0, states.Count);
    }

    [Fact]
    public void HasWorkLeft_StaysUntilItIsDone()
    {
        var states = New(_ => new() { IsIdle = false });
        var state = UseOnce(states);
        time.Advance(10 * Interval);
        Assert.Equal((1, false), (states.Count, state.IsDisposed));

        state.IsIdle = true;
        time.Advance(Interval);

        Assert.Equal((0, true), (states.Count, state.IsDisposed));
    }

    [Fact]
    public void AllAreVisited_IsNoUse()
    {
        var states = New(_ => new());
        UseOnce(states);
        for (var minute = 0; minute < 2; minute++)
        {
            time.Advance(Interval);
            foreach (var lease in states.UseAll())
            {
                lease.Dispose();
            }
        }

        Assert.Equal(0, states.Count);
        Assert.Empty(states.UseAll());
    }

    [Fact]
    public void WithoutInterval_EndsWithTheLastLease()
    {
        var states = new KeyedState<string, State>(_ => new());
        var first = states.Use("key");
        var second = states.Use("key");
        Assert.Same(first.State, second.State);

        first.Dispose();
        Assert.Equal((1, false), (states.Count, second.State.IsDisposed));
        second.Dispose();

        Assert.Equal((0, true), (states.Count, second.State.IsDisposed));
    }

    /// <summary>Every addition is in exactly one state, and none comes after its state was removed.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UsedWhileItIsRemoved_NothingIsLost(bool hasInterval)
    {
        const int Threads = 4;
        const int Rounds = 20_000;
        var (removed, late) = (0L, 0);
        State NewState(string key)
        {
            State state = null!;
            return state = new(() => Interlocked.Add(ref removed, state.Total));
        }

        var states = hasInterval ? New(NewState) : new(NewState);
        using var done = new CancellationTokenSource();
        var sweeping = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                time.Advance(Interval);
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                using var lease = states.Use("key");
                Interlocked.Increment(ref lease.State.Total);
                Interlocked.Add(ref late, lease.State.IsDisposed ? 1 : 0);
            }
        })));
        await done.CancelAsync();
        await sweeping;
        AdvanceTwice();

        Assert.Equal((Threads * Rounds, 0, 0), (removed, late, states.Count));
    }

    private void AdvanceTwice()
    {
        time.Advance(Interval);
        time.Advance(Interval);
    }

    private static State UseOnce(KeyedState<string, State> states)
    {
        using var lease = states.Use("key");
        return lease.State;
    }

    private KeyedState<string, State> New(Func<string, State> create) => new(create, Interval, time, state => state.IsIdle);

    private sealed class State(Action? disposed = null) : IDisposable
    {
        public long Total;

        public bool IsIdle { get; set; } = true;

        public bool IsDisposed { get; private set; }

        public void Dispose()
        {
            IsDisposed = true;
            disposed?.Invoke();
        }
    }
}
