using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Dashboard.Sessions;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Sessions;

/// <summary>Tests of the removal of expired sessions. They are in the past, so that the sessions of other tests stay.</summary>
public sealed class SessionSweepTests(ServiceFixture service) : IAsyncLifetime
{
    private readonly StillTime time = new(new(2001, 3, 15, 12, 0, 0, TimeSpan.Zero));
    private readonly Person person = new(new("https://issuer.test", "sweep"), "sweep@example.com", IsEmailVerified: true, Name: null);
    private XQrApplication instance = null!;
    private XQrApplication other = null!;

    private SessionStore Store => instance.Service<SessionStore>();

    public async ValueTask InitializeAsync()
    {
        instance = await service.StartAnotherAsync(services: time.Register);
        other = await service.StartAnotherAsync(services: time.Register);
    }

    public async ValueTask DisposeAsync()
    {
        await instance.DisposeAsync();
        await other.DisposeAsync();
    }

    [Fact]
    public async Task OnlyExpiredSessions_AreRemoved()
    {
        var expired = await AddAsync(Session.Lifetime + TimeSpan.FromSeconds(1));
        var valid = await AddAsync(Session.Lifetime - TimeSpan.FromSeconds(5));

        await instance.DoWorkAsync("sessions");

        Assert.Null(await Store.FindAsync(expired.Id, CancellationToken.None));
        Assert.Equal(valid, await Store.FindAsync(valid.Id, CancellationToken.None));
    }

    /// <summary>A query that reads all sessions has pages of a thousand.</summary>
    [Fact]
    public async Task ManyValidSessions_AreNotRead()
    {
        await Parallel.ForAsync(0, 1_200, async (_, _) => await AddAsync(TimeSpan.Zero));
        await AddAsync(Session.Lifetime * 2);
        await AddAsync(Session.Lifetime * 2);

        Assert.Equal(1 + 2, await instance.Calls.CostAsync(() => instance.DoWorkAsync("sessions")));
        Assert.Equal(1, await instance.Calls.CostAsync(() => instance.DoWorkAsync("sessions")));
    }

    [Fact]
    public async Task BudgetIsUsedUp_TheNextMessageContinues()
    {
        var sessions = new List<Session>();
        for (var i = 0; i < 100; i++)
        {
            sessions.Add(await AddAsync(Session.Lifetime * 2));
        }

        Assert.InRange(await instance.DoWorkAsync("sessions", budget: new TickingTime()), 3, 4);
        Assert.All(await Task.WhenAll(sessions.Select(session => Store.FindAsync(session.Id, CancellationToken.None))), Assert.Null);
    }

    [Fact]
    public async Task ProcessDiesAtAnyCall_AllAreRemoved()
    {
        Session[] sessions = [];
        await WorkRuns.DieAtEachCallAsync(
            other,
            instance,
            "sessions",
            async () =>
            {
                sessions = [await AddAsync(Session.Lifetime * 2), await AddAsync(Session.Lifetime * 2)];
                return "";
            },
            async () => Assert.All(
                await Task.WhenAll(sessions.Select(session => Store.FindAsync(session.Id, CancellationToken.None))), Assert.Null));
    }

    private async Task<Session> AddAsync(TimeSpan age)
    {
        var start = time.GetUtcNow() - age;
        var session = new Session(Ids.New(start), person, start + Session.Lifetime);
        await Store.AddAsync(session, idToken: null, CancellationToken.None);
        return session;
    }
}
