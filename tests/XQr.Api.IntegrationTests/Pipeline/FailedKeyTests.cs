using System.Net;
using Microsoft.Extensions.Options;
using XQr.Testing;
using static XQr.Api.IntegrationTests.Pipeline.KeyAttempts;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>A client that sends unknown keys is limited, and does not affect clients with other addresses.</summary>
public sealed class FailedKeyTests(ServiceFixture service)
{
    private readonly StillTime time = StillTime.AtPresent();

    [Fact]
    public async Task FailedKeysOverTheLimit_RefusedByTheListOfPrefixes()
    {
        await using var instance = await service.StartWithKeyLimitAsync(time, perMinute: 5);
        for (var i = 0; i < 5; i++)
        {
            await (await instance.TryKeyAsync(UnknownKey())).ErrorAsync(HttpStatusCode.Unauthorized, "INVALID_API_KEY");
        }

        var calls = await instance.Calls.DuringAsync(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                var response = await instance.TryKeyAsync(UnknownKey());
                var error = await response.ErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
                Assert.Equal("minute", error.GetProperty("details").Text("window"));
                Assert.InRange(int.Parse(response.Header("Retry-After")!), 1, 12);
                Assert.Null(response.Header("WWW-Authenticate"));
                Assert.Null(response.Header("X-RateLimit-Limit"));
            }
        });

        // The first of them reads the list, a page for each thousand keys of all tests.
        Assert.All(calls, call => Assert.True(IsListOfPrefixes(call), call.Path));
        Assert.InRange(calls.Length, 1, 10);
        Assert.Equal(HttpStatusCode.Unauthorized, (await instance.TryKeyAsync(UnknownKey(), OtherAddress)).StatusCode);
        time.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(HttpStatusCode.Unauthorized, (await instance.TryKeyAsync(UnknownKey())).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await instance.TryKeyAsync(UnknownKey())).StatusCode);
        Assert.DoesNotContain(instance.Logs.All, line => line.Contains(Address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task FailedKeysAtOnce_LookedUpNoMoreOftenThanTheLimit()
    {
        await using var instance = await service.StartWithKeyLimitAsync(time, perMinute: 5);

        HttpResponseMessage[] answers = [];
        var calls = await instance.Calls.DuringAsync(async () =>
            answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => instance.TryKeyAsync(UnknownKey()))));

        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(59, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
        Assert.Equal(5, calls.Count(call => !IsListOfPrefixes(call)));
        Assert.InRange(calls.Count(IsListOfPrefixes), 1, 10);
    }

    [Fact]
    public async Task Ipv6_CountedByNetwork()
    {
        await using var instance = await service.StartWithKeyLimitAsync(time, perMinute: 2);

        foreach (var (address, status) in ((string, HttpStatusCode)[])
        [
            ("2001:db8:1:2::1", HttpStatusCode.Unauthorized),
            ("[2001:db8:1:2:a:b:c:d]:443", HttpStatusCode.Unauthorized),
            ("2001:db8:1:2:ffff::", HttpStatusCode.TooManyRequests),
            ("2001:db8:1:3::1", HttpStatusCode.Unauthorized),
        ])
        {
            Assert.Equal(status, (await instance.TryKeyAsync(UnknownKey(), address)).StatusCode);
        }
    }

    [Fact]
    public async Task NewKeys_AreNoFailedAttempts()
    {
        await using var instance = await service.StartWithKeyLimitAsync(time, perMinute: 2);
        for (var i = 0; i < 3; i++)
        {
            var key = (await service.NewWorkspaceAsync()).Key;
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => instance.TryKeyAsync(key)));
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await instance.TryKeyAsync(UnknownKey())).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await instance.TryKeyAsync(UnknownKey())).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await instance.TryKeyAsync(UnknownKey())).StatusCode);
    }

    [Fact]
    public async Task MissingOrMalformedKeys_AreNoFailedAttempts()
    {
        await using var instance = await service.StartWithKeyLimitAsync(time, perMinute: 1);

        var calls = await instance.Calls.DuringAsync(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                Assert.Equal(HttpStatusCode.Unauthorized, (await instance.TryKeyAsync("xqr_pk_1234")).StatusCode);
            }
        });

        Assert.Empty(calls);
        Assert.Equal(HttpStatusCode.Unauthorized, (await instance.TryKeyAsync(UnknownKey())).StatusCode);
    }

    [Fact]
    public async Task Outage_IsNoFailedAttempt()
    {
        await using var instance = await service.StartWithKeyLimitAsync(time, perMinute: 1);
        instance.Faults.LoseOneAfter(0, isExecuted: false);

        await (await instance.TryKeyAsync(UnknownKey())).ErrorAsync(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");

        Assert.Equal(HttpStatusCode.Unauthorized, (await instance.TryKeyAsync(UnknownKey())).StatusCode);
    }

    [Fact]
    public async Task NoLimit_NoClientIsLimited()
    {
        await using var instance = await service.StartWithKeyLimitAsync(time, perMinute: -1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => instance.TryKeyAsync(UnknownKey())));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
    }

    [Fact]
    public Task InvalidLimit_FailsAtStart() =>
        Assert.ThrowsAsync<OptionsValidationException>(() => service.StartWithKeyLimitAsync(time, perMinute: 0));
}
