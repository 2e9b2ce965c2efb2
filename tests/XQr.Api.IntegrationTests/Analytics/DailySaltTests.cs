using Azure;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using XQr.Api.Analytics.Visitors;
using XQr.Testing;
using XQr.Testing.Storage;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>Salts are read before they are needed, once, and with growing pauses in an outage.</summary>
public sealed class DailySaltTests(ServiceFixture service)
{
    /// <summary>A day whose salts no other test uses.</summary>
    private static readonly DateTimeOffset Noon = new(2031, 5, 6, 12, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Midnight = new(2031, 5, 7, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider time = new(Noon);

    [Fact]
    public async Task ManyWritersNeedTheSalt_ItIsReadOnce()
    {
        await using var instance = await service.StartAnotherAsync();
        var salts = NewSalts(instance);
        byte[]?[] found = [];
        Assert.InRange(await CostAsync(instance, async () => found = await FindManyAsync(salts)), 1, 3);
        Assert.NotNull(found[0]);
        Assert.All(found, salt => Assert.Same(found[0], salt));

        Assert.Equal(0, await CostAsync(instance, () => FindManyAsync(salts)));
    }

    [Fact]
    public async Task HourBeforeMidnight_NextSaltIsReadAhead()
    {
        await using var instance = await service.StartAnotherAsync();
        var salts = NewSalts(instance);
        time.SetUtcNow(Midnight.AddMilliseconds(-1));
        Assert.Equal(0, await CostAsync(instance, () => salts.ReadAheadAsync(CancellationToken.None)));

        time.SetUtcNow(Midnight.AddHours(-1).AddSeconds(-1).AddDays(1));
        Assert.NotNull(await salts.FindAsync(time.GetUtcNow(), CancellationToken.None));
        Assert.Equal(0, await CostAsync(instance, () => salts.ReadAheadAsync(CancellationToken.None)));

        time.SetUtcNow(Midnight.AddMilliseconds(-1).AddDays(1));
        Assert.InRange(await CostAsync(instance, () => salts.ReadAheadAsync(CancellationToken.None)), 1, 3);
        Assert.Equal(0, await CostAsync(instance, () => salts.ReadAheadAsync(CancellationToken.None)));

        time.SetUtcNow(Midnight.AddDays(1));
        Assert.Equal(0, await CostAsync(instance, async () => Assert.NotNull(await salts.FindAsync(time.GetUtcNow(), CancellationToken.None))));
    }

    [Fact]
    public async Task StorageDown_FewAttemptsForAllWritersThenTheNextReadSucceeds()
    {
        var refusals = new StorageRefusals();
        await using var instance = await service.StartAnotherAsync(services: services => services.AddSingleton<HttpPipelinePolicy>(refusals));
        var salts = NewSalts(instance);
        var attempts = 0;
        refusals.Refuse("Salts", () =>
        {
            attempts++;
            return new RequestFailedException(503, "The test rejects the call.", "ServerBusy", null);
        });

        var finding = FindManyAsync(salts);
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(finding.IsCompleted);
            },
            "The read is given up.");

        await Assert.ThrowsAsync<RequestFailedException>(() => finding);
        Assert.InRange(attempts, 7, 30);
        refusals.Allow();
        Assert.NotNull((await FindManyAsync(salts))[0]);
    }

    private static Task<byte[]?[]> FindManyAsync(DailySalts salts) =>
        Task.WhenAll(Enumerable.Range(0, 100).Select(_ => salts.FindAsync(Noon, CancellationToken.None).AsTask()));

    private static async Task<int> CostAsync(XQrApplication instance, Func<Task> act) =>
        (await instance.Calls.DuringAsync(act)).Count(call => call.IsOf("Salts"));

    private DailySalts NewSalts(XQrApplication instance) => new(instance.Service<SaltStore>(), time);
}
