using System.Net;
using XQr.Api.Developers;
using XQr.Api.Pipeline.Keys;
using XQr.Testing;
using static XQr.Api.IntegrationTests.Pipeline.KeyAttempts;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>Valid keys work at a client address that has sent too many unknown keys, and its other requests cost few storage calls.</summary>
public sealed class ThrottledAddressTests(ServiceFixture service)
{
    private readonly StillTime time = StillTime.AtPresent();

    /// <summary>It does not matter what other clients of the address do, and how long ago the key was used.</summary>
    [Fact]
    public async Task RecognisedKey_WorksWhileItsAddressIsThrottled()
    {
        await using var instance = await service.StartWithKeyLimitAsync(time, perMinute: 3);
        var key = (await service.NewWorkspaceAsync()).Key;
        await instance.TryKeyAsync(key);

        for (var minute = 0; minute < 3; minute++)
        {
            await instance.ThrottleAsync();
            Assert.Equal(HttpStatusCode.OK, (await instance.TryKeyAsync(key)).StatusCode);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        await instance.Service<KeyOperations>().RevokeAsync(key.Substring(7, 8), CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(10));
        await instance.ThrottleAsync();
        await (await instance.TryKeyAsync(key)).ErrorAsync(HttpStatusCode.Unauthorized, "REVOKED_API_KEY");
    }

    /// <summary>All clients share an address, and one of them sends ten unknown keys for each valid key of the others.</summary>
    [Fact]
    public async Task ValidKeysAmongManyFailedKeysOfTheirAddress_AreAllRecognised()
    {
        const int Keys = 125;
        await using var instance = await service.StartWithKeyLimitAsync(time);
        var workspaceId = (await service.NewWorkspaceAsync()).Id;
        var keys = await Task.WhenAll(Enumerable.Range(0, Keys).Select(_ => service.Application.NewKeyAsync(workspaceId)));
        await instance.ThrottleAsync();

        var statuses = new List<HttpStatusCode>();
        var calls = await instance.Calls.DuringAsync(async () =>
        {
            foreach (var key in keys)
            {
                var failed = Enumerable.Range(0, 10).Select(_ => instance.TryKeyAsync(UnknownKey())).ToList();
                statuses.Add((await instance.TryKeyAsync(key)).StatusCode);
                await Task.WhenAll(failed);
                time.Advance(TimeSpan.FromSeconds(0.1));
            }
        });

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));

        // Each key is read once, and unknown keys cost what the limit allows in that time.
        Assert.InRange(calls.Count(call => call.IsRead && call.IsOf("ApiKeys(") && !IsListOfPrefixes(call)), Keys, Keys + 60);
    }

    [Fact]
    public async Task WrongSecretsOfAKeyThatIsNotRecognised_LookedUpOnce()
    {
        await using var instance = await service.StartWithKeyLimitAsync(time, perMinute: 3);
        var key = (await service.NewWorkspaceAsync()).Key;
        await instance.ThrottleAsync();

        var calls = await instance.Calls.DuringAsync(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                await (await instance.TryKeyAsync(WithOtherSecret(key))).ErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
            }
        });

        Assert.Single(calls, call => call.IsOf("ApiKeys(") && !IsListOfPrefixes(call));
        Assert.Equal(HttpStatusCode.OK, (await instance.TryKeyAsync(key)).StatusCode);
    }

    /// <summary>Even an attacker who knows many prefixes causes a limited number of storage calls in a minute.</summary>
    [Fact]
    public async Task LookUpsOfThrottledAddresses_AreLimited()
    {
        await using var instance = await service.StartWithKeyLimitAsync(time, perMinute: 3);
        var key = (await service.NewWorkspaceAsync()).Key;
        await instance.ThrottleAsync();
        while (instance.Service<FailedKeyLimiter>().TryTakeLookUp())
        {
        }

        await (await instance.TryKeyAsync(key)).ErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");

        time.Advance(TimeSpan.FromMinutes(1));
        await instance.ThrottleAsync();
        Assert.Equal(HttpStatusCode.OK, (await instance.TryKeyAsync(key)).StatusCode);
    }

    /// <summary>A key that is newer than the list of prefixes is like an unknown key until it is looked up.</summary>
    [Fact]
    public async Task KeyMadeWhileItsAddressIsThrottled_WorksWithinTwoMinutes()
    {
        await using var instance = await service.StartWithKeyLimitAsync(time, perMinute: 3);
        await instance.ThrottleAsync();
        var key = (await service.NewWorkspaceAsync()).Key;

        await (await instance.TryKeyAsync(key)).ErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
        Assert.Equal(HttpStatusCode.OK, (await instance.TryKeyAsync(key, OtherAddress)).StatusCode);

        var other = (await service.NewWorkspaceAsync()).Key;
        time.Advance(TimeSpan.FromMinutes(2));
        await instance.ThrottleAsync();
        Assert.Equal(HttpStatusCode.OK, (await instance.TryKeyAsync(other)).StatusCode);
    }
}
