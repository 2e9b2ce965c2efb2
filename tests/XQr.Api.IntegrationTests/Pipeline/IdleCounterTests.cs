using Microsoft.Extensions.Time.Testing;
using XQr.Api.Background;
using XQr.Api.Pipeline.RateLimits;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>An instance forgets the counters of keys and workspaces that have gone quiet, but no token.</summary>
public sealed class IdleCounterTests(ServiceFixture service)
{
    private readonly FakeTimeProvider time = new(new(2026, 3, 1, 12, 0, 5, TimeSpan.Zero));

    [Fact]
    public async Task Quiet_NoCounterIsLeftAndAllRequestsAreCounted()
    {
        var limiter = new RateLimiter(service.Application.Service<RateCounterStore>(), time, service.Application.Service<BackgroundWork>());
        var callers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => NewCallerAsync()));
        foreach (var caller in callers)
        {
            Assert.Null((await limiter.AdmitAsync(caller, CancellationToken.None)).Refusal);
        }

        Assert.Equal(3 * callers.Length, limiter.Counters);

        // Unspent tokens keep the counter of a month until they are returned.
        for (var minute = 0; minute < 200; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(callers.Length, limiter.Counters);
        await limiter.ReturnIdleAsync(CancellationToken.None);
        await limiter.ReturnIdleAsync(CancellationToken.None);
        for (var minute = 0; minute < 200; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(0, limiter.Counters);
        Assert.Equal(1, await limiter.CountCallsAsync(callers[0].WorkspaceId, time.GetUtcNow(), CancellationToken.None));
    }

    private async Task<KeyCaller> NewCallerAsync()
    {
        var workspace = await service.NewWorkspaceAsync(Plan.Pro);
        var key = await service.Application.Service<ApiKeyStore>().FindAsync(ApiKeyText.PrefixOf(workspace.Key)!, CancellationToken.None);
        var stored = await service.Application.Service<WorkspaceStore>().FindAsync(workspace.Id, CancellationToken.None);
        return new(key!, stored!, service.Application.Service<PlansOptions>()[Plan.Pro]);
    }
}
