using System.Net;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Pipeline.RateLimits;
using XQr.Api.Tenancy;
using XQr.Testing;
using XQr.Testing.Storage;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>The responses of an instance while other instances hold or write the tokens of a minute.</summary>
public sealed class RateLimitContentionTests(ServiceFixture service) : IAsyncLifetime
{
    private const int Limit = 60;

    private readonly StillTime time = new();
    private readonly StorageHook hook = new("RateCounters");
    private XQrApplication instance = null!;
    private TestWorkspace workspace = null!;
    private string keyId = "";

    /// <summary>Gets the counters of another instance.</summary>
    private RateCounterStore Others => service.Application.Service<RateCounterStore>();

    public async ValueTask InitializeAsync()
    {
        instance = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Plans:Business:BurstPerSecond"] = "1" }, services =>
        {
            time.Register(services);
            services.AddSingleton<HttpPipelinePolicy>(hook);
        });
        workspace = await instance.NewWorkspaceAsync(Plan.Business);
        keyId = (await instance.Service<ApiKeyStore>().FindAsync(ApiKeyText.PrefixOf(workspace.Key)!, CancellationToken.None))!.Id;
    }

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    /// <summary>Idle instances return tokens within seconds. Later the tokens are spent.</summary>
    [Fact]
    public async Task OthersHoldTheLastTokens_RetryAfterSeconds()
    {
        await WriteAsync(taken: Limit, held: 5);

        Assert.Equal("3", await RetryAfterAsync("RATE_LIMIT_EXCEEDED"));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("3", await RetryAfterAsync("RATE_LIMIT_EXCEEDED"));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("45", await RetryAfterAsync("RATE_LIMIT_EXCEEDED"));
    }

    [Fact]
    public async Task OthersHaveSpentTheLastTokens_RetryAfterTheMinute()
    {
        await WriteAsync(taken: Limit, held: 0);

        Assert.Equal("55", await RetryAfterAsync("RATE_LIMIT_EXCEEDED"));
    }

    /// <summary>Another instance writes the counter after each read of this one.</summary>
    [Fact]
    public async Task OthersAreAlwaysFaster_RetryAfterASecond()
    {
        await WriteAfterEachReadAsync();

        Assert.Equal("1", await RetryAfterAsync("BURST_LIMIT_EXCEEDED"));

        hook.AfterNextRead(() => Task.CompletedTask);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await workspace.Client.GetAsync("/api/v1/links")).StatusCode);

        Task WriteAfterEachReadAsync()
        {
            hook.AfterNextRead(WriteAfterEachReadAsync);
            return WriteAsync(taken: 0, held: 0);
        }
    }

    private async Task WriteAsync(int taken, int held)
    {
        var now = time.GetUtcNow();
        var read = await Others.FindAsync(keyId, "minute", CancellationToken.None);
        await Others.TrySetAsync(
            keyId, "minute", read, new(RateLimiter.MinuteOf(now), taken, held, now, Version: null), CancellationToken.None);
    }

    private async Task<string?> RetryAfterAsync(string error)
    {
        var response = await workspace.Client.GetAsync("/api/v1/links");
        await response.ErrorAsync(HttpStatusCode.TooManyRequests, error);
        return response.Header("Retry-After");
    }
}
