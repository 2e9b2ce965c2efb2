using System.Net;
using Azure.Data.Tables;
using XQr.Api.Storage;
using XQr.Testing;
using static XQr.Api.IntegrationTests.Pipeline.KeyAttempts;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>Failed key attempts cost no storage call if the instance knows the prefix, or knows that it does not exist.</summary>
public sealed class FailedKeyCostTests(ServiceFixture service)
{
    private readonly StillTime time = StillTime.AtPresent();

    [Fact]
    public async Task PrefixUnknownLately_NoStorageCall()
    {
        await using var instance = await service.StartWithKeyLimitAsync(time);
        var failed = UnknownKey();
        await instance.TryKeyAsync(failed);

        var calls = await instance.Calls.DuringAsync(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                time.Advance(TimeSpan.FromSeconds(0.8));
                Assert.Equal(HttpStatusCode.Unauthorized, (await instance.TryKeyAsync(WithOtherSecret(failed), $"192.0.2.{i}")).StatusCode);
            }
        });

        Assert.Empty(calls);
    }

    [Fact]
    public async Task KeyMadeAfterItsPrefixWasProbed_WorksWithinTenSeconds()
    {
        await using var instance = await service.StartWithKeyLimitAsync(time);
        var key = (await service.NewWorkspaceAsync()).Key;
        var table = service.Application.Service<Tables>().ApiKeys;
        var row = (await table.GetEntityAsync<TableEntity>(key.Substring(7, 8), "key")).Value;
        await table.DeleteEntityAsync(row);
        Assert.Equal(HttpStatusCode.Unauthorized, (await instance.TryKeyAsync(key)).StatusCode);

        await table.AddEntityAsync(row);
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(HttpStatusCode.OK, (await instance.TryKeyAsync(key)).StatusCode);
    }

    [Fact]
    public async Task WrongSecretsOfAKnownKey_NoStorageCallAndThrottled()
    {
        await using var instance = await service.StartWithKeyLimitAsync(time, perMinute: 3);
        var key = (await service.NewWorkspaceAsync()).Key;
        await instance.UseAsync(key);

        var statuses = new List<HttpStatusCode>();
        var calls = await instance.Calls.DuringAsync(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                statuses.Add((await instance.TryKeyAsync(WithOtherSecret(key))).StatusCode);
            }
        });

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 3), .. Enumerable.Repeat(HttpStatusCode.TooManyRequests, 2)], statuses);
        Assert.Empty(calls);
    }
}
