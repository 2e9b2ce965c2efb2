using System.Net;
using System.Security.Cryptography;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using XQr.Api.Pipeline.Keys;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Testing;
using XQr.Testing.Storage;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>A client that sends unknown keys is limited, costs few storage calls, and does not affect other clients.</summary>
public sealed class FailedKeyTests(ServiceFixture service)
{
    private const string AddressHeader = "X-Test-Client";
    private const string Address = "192.0.2.77";

    private readonly OffsetTime time = new();

    [Fact]
    public async Task FailedKeysOverTheLimit_RefusedByTheListOfPrefixes()
    {
        await using var instance = await StartAsync(perMinute: 5);
        for (var i = 0; i < 5; i++)
        {
            await (await SendAsync(instance, UnknownKey())).ErrorAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
        }

        StorageCall[] calls = await instance.Calls.DuringAsync(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                var response = await SendAsync(instance, UnknownKey());
                var error = await response.ErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
                Assert.Equal("minute", error.GetProperty("details").Text("window"));
                Assert.InRange(int.Parse(response.Header("Retry-After")!), 1, 12);
                Assert.Null(response.Header("WWW-Authenticate"));
                Assert.Null(response.Header("X-RateLimit-Limit"));
            }
        });

        // The first of them reads the list, a page for each thousand keys of all tests; the next minute does again.
        Assert.All(calls, call => Assert.True(IsList(call), call.Path));
        Assert.InRange(calls.Length, 1, 10);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(instance, UnknownKey(), "192.0.2.78")).StatusCode);
        time.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(instance, UnknownKey())).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(instance, UnknownKey())).StatusCode);
        Assert.DoesNotContain(instance.Logs.All, line => line.Contains(Address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task FailedKeysAtOnce_LookedUpNoMoreOftenThanTheLimit()
    {
        await using var instance = await StartAsync(perMinute: 5);

        HttpResponseMessage[] answers = [];
        var calls = await instance.Calls.DuringAsync(async () => answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => SendAsync(instance, UnknownKey()))));

        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(59, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
        Assert.Equal(5, calls.Count(call => !IsList(call)));
        Assert.InRange(calls.Count(IsList), 1, 10);
    }

    [Fact]
    public async Task Ipv6_CountedByNetwork()
    {
        await using var instance = await StartAsync(perMinute: 2);

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(instance, UnknownKey(), "2001:db8:1:2::1")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(instance, UnknownKey(), "[2001:db8:1:2:a:b:c:d]:443")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(instance, UnknownKey(), "2001:db8:1:2:ffff::")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(instance, UnknownKey(), "2001:db8:1:3::1")).StatusCode);
    }

    [Fact]
    public async Task PrefixUnknownLately_NoStorageCall()
    {
        await using var instance = await StartAsync();
        var failed = UnknownKey();
        await SendAsync(instance, failed);

        var calls = await instance.Calls.DuringAsync(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                time.Advance(TimeSpan.FromSeconds(0.8));
                Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(instance, Other(failed), $"192.0.2.{i}")).StatusCode);
            }
        });

        Assert.Empty(calls);
    }

    [Fact]
    public async Task KeyMadeAfterItsPrefixWasProbed_WorksWithinTenSeconds()
    {
        await using var instance = await StartAsync();
        var key = (await service.NewWorkspaceAsync()).Key;
        var table = service.Application.Service<Tables>().ApiKeys;
        var row = (await table.GetEntityAsync<TableEntity>(key.Substring(7, 8), "key")).Value;
        await table.DeleteEntityAsync(row);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(instance, key)).StatusCode);

        await table.AddEntityAsync(row);
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(instance, key)).StatusCode);
    }

    [Fact]
    public async Task WrongSecretsOfAKnownKey_NoStorageCallAndThrottled()
    {
        await using var instance = await StartAsync(perMinute: 3);
        var key = (await service.NewWorkspaceAsync()).Key;
        await SendAsync(instance, key);
        await Eventually.TrueAsync(
            async () => (await service.Application.Service<ApiKeyStore>().FindAsync(key.Substring(7, 8), CancellationToken.None))!.LastUsedAt is not null, "The use is noted.");

        var statuses = new List<HttpStatusCode>();
        var calls = await instance.Calls.DuringAsync(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                statuses.Add((await SendAsync(instance, Other(key))).StatusCode);
            }
        });

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 3), .. Enumerable.Repeat(HttpStatusCode.TooManyRequests, 2)], statuses);
        Assert.Empty(calls);
    }

    /// <summary>Whoever else is behind the same address, and however long ago the key was used here.</summary>
    [Fact]
    public async Task RecognisedKey_WorksWhileItsAddressIsThrottled()
    {
        await using var instance = await StartAsync(perMinute: 3);
        var key = (await service.NewWorkspaceAsync()).Key;
        await SendAsync(instance, key);

        for (var minute = 0; minute < 3; minute++)
        {
            await ThrottleAsync(instance);
            Assert.Equal(HttpStatusCode.OK, (await SendAsync(instance, key)).StatusCode);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        await service.Application.Service<ApiKeyStore>().RevokeAsync(key.Substring(7, 8), CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(10));
        await ThrottleAsync(instance);
        await (await SendAsync(instance, key)).ErrorAsync(HttpStatusCode.Unauthorized, "REVOKED_API_KEY");
    }

    [Fact]
    public async Task NewKeys_AreNoFailedAttempts()
    {
        await using var instance = await StartAsync(perMinute: 2);
        for (var i = 0; i < 3; i++)
        {
            var key = (await service.NewWorkspaceAsync()).Key;
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(instance, key)));
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(instance, UnknownKey())).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(instance, UnknownKey())).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(instance, UnknownKey())).StatusCode);
    }

    /// <summary>All clients share an address, and one of them sends ten unknown keys for each valid key of the others.</summary>
    [Fact]
    public async Task ValidKeysAmongManyFailedKeysOfTheirAddress_AreAllRecognised()
    {
        const int Keys = 125;
        await using var instance = await StartAsync();
        var workspaceId = (await service.NewWorkspaceAsync()).Id;
        var keys = await Task.WhenAll(Enumerable.Range(0, Keys).Select(_ => service.Application.NewKeyAsync(workspaceId)));
        await ThrottleAsync(instance);

        var statuses = new List<HttpStatusCode>();
        var calls = await instance.Calls.DuringAsync(async () =>
        {
            foreach (var key in keys)
            {
                var failed = Enumerable.Range(0, 10).Select(_ => SendAsync(instance, UnknownKey())).ToList();
                statuses.Add((await SendAsync(instance, key)).StatusCode);
                await Task.WhenAll(failed);
                time.Advance(TimeSpan.FromSeconds(0.1));
            }
        });

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));

        // Each key is read once, and unknown keys cost what the bucket allows in that time.
        Assert.InRange(calls.Count(call => call.IsRead && call.IsOf("ApiKeys(") && !IsList(call)), Keys, Keys + 60);
    }

    [Fact]
    public async Task WrongSecretsOfManyKeysAtAThrottledAddress_LookedAtOnceEach()
    {
        await using var instance = await StartAsync(perMinute: 3);
        var key = (await service.NewWorkspaceAsync()).Key;
        await ThrottleAsync(instance);

        StorageCall[] calls = await instance.Calls.DuringAsync(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                await (await SendAsync(instance, Other(key))).ErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
            }
        });

        Assert.Single(calls, call => call.IsOf("ApiKeys(") && !IsList(call));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(instance, key)).StatusCode);
    }

    /// <summary>However many prefixes an attacker knows, throttled addresses cause a limited number of storage calls in a minute.</summary>
    [Fact]
    public async Task LookUpsOfThrottledAddresses_AreLimited()
    {
        var still = new StillTime();
        await using var instance = await StartAsync(perMinute: 3, still);
        var key = (await service.NewWorkspaceAsync()).Key;
        await ThrottleAsync(instance);
        while (instance.Service<FailedKeyLimiter>().TryTakeLookUp())
        {
        }

        await (await SendAsync(instance, key)).ErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");

        still.Advance(TimeSpan.FromMinutes(1));
        await ThrottleAsync(instance);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(instance, key)).StatusCode);
    }

    /// <summary>The price: a key that is newer than the list of prefixes can't be told from an unknown key without a look-up.</summary>
    [Fact]
    public async Task KeyMadeWhileItsAddressIsThrottled_WorksWithinTwoMinutes()
    {
        await using var instance = await StartAsync(perMinute: 3);
        await ThrottleAsync(instance);
        var key = (await service.NewWorkspaceAsync()).Key;

        var refused = await SendAsync(instance, key);
        await refused.ErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(instance, key, "192.0.2.78")).StatusCode);

        var other = (await service.NewWorkspaceAsync()).Key;
        time.Advance(TimeSpan.FromMinutes(2));
        await ThrottleAsync(instance);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(instance, other)).StatusCode);
    }

    [Fact]
    public async Task MissingOrMalformedKeys_AreNoFailedAttempts()
    {
        await using var instance = await StartAsync(perMinute: 1);

        var calls = await instance.Calls.DuringAsync(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(instance, "xqr_pk_1234")).StatusCode);
            }
        });

        Assert.Empty(calls);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(instance, UnknownKey())).StatusCode);
    }

    [Fact]
    public async Task Outage_IsNoFailedAttempt()
    {
        await using var instance = await StartAsync(perMinute: 1);
        instance.Faults.LoseOneAfter(0, isCarriedOut: false);

        await (await SendAsync(instance, UnknownKey())).ErrorAsync(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(instance, UnknownKey())).StatusCode);
    }

    [Fact]
    public async Task NoLimit_NoClientIsLimited()
    {
        await using var instance = await StartAsync(perMinute: -1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => SendAsync(instance, UnknownKey())));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
    }

    [Fact]
    public Task InvalidLimit_FailsAtStart() => Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(perMinute: 0));

    private Task<XQrApplication> StartAsync(int perMinute = 60, TimeProvider? clock = null) => service.StartAnotherAsync(
        new Dictionary<string, string?> { ["Xqr:ClientIpHeader"] = AddressHeader, ["Xqr:Keys:GuessesPerMinute"] = $"{perMinute}" },
        services => services.AddSingleton(clock ?? time));

    private static async Task ThrottleAsync(XQrApplication instance)
    {
        while ((await SendAsync(instance, UnknownKey())).StatusCode != HttpStatusCode.TooManyRequests)
        {
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(XQrApplication instance, string key, string address = Address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/links?limit=1");
        request.Headers.Add("Authorization", $"Bearer {key}");
        request.Headers.Add(AddressHeader, address);
        return await instance.Client.SendAsync(request);
    }

    /// <summary>Creates a well-formed key that does not exist.</summary>
    private static string UnknownKey() => ApiKeyText.New().Text;

    /// <summary>Whether a call reads the list of all prefixes.</summary>
    private static bool IsList(StorageCall call) => call.IsRead && call.Path == "ApiKeys()";

    /// <summary>The same prefix with another secret.</summary>
    private static string Other(string key) => $"{key[..16]}{RandomNumberGenerator.GetString("ABCDEFGH", key.Length - 16)}";
}
