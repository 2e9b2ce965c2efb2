using System.Net;
using Microsoft.Extensions.DependencyInjection;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

/// <summary>Tests the sign-in provider: none, one that fails, and one with invalid settings.</summary>
public sealed class SignInProviderTests(ServiceFixture service)
{
    [Fact]
    public async Task NoProvider_IsSaidAndTheRestWorks()
    {
        await using var instance = await XQrApplication.StartAsync(service.ConnectionString);
        using var client = instance.NewClient(service.Issuer.Token("somebody@example.com"));

        var answer = await client.GetAsync(Team.Me);

        Assert.Contains(
            "Xqr:Auth:Authority", (await answer.ErrorAsync(HttpStatusCode.Unauthorized, "INVALID_TOKEN")).Text("message"), StringComparison.Ordinal);
        Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
        Assert.Equal(HttpStatusCode.OK, (await (await instance.NewWorkspaceAsync()).Client.GetAsync("/api/v1/links")).StatusCode);
    }

    [Theory]
    [InlineData("down")]
    [InlineData("failing")]
    [InlineData("hanging")]
    public async Task ProviderOutage_Unavailable_AndWellAgainWithIt(string how)
    {
        var issuer = await TestIssuer.StartAsync();
        var token = issuer.Token("somebody@example.com");

        // A request that hangs ends after the timeout of the real clock.
        await using var instance = await service.StartAnotherAsync(issuer.Settings, services => services.AddSingleton(TimeProvider.System));
        using var client = instance.NewClient(token);
        if (how == "hanging")
        {
            issuer.Hang();
        }
        else if (how == "failing")
        {
            issuer.ErrorStatus = 500;
        }
        else
        {
            await issuer.DisposeAsync();
        }

        var answer = await client.GetAsync(Team.Me);

        Assert.True(answer.StatusCode != HttpStatusCode.InternalServerError, string.Join("\n", instance.Logs.All));
        await answer.ErrorAsync(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");
        Assert.NotNull(answer.Header("Retry-After"));
        if (how == "failing")
        {
            issuer.ErrorStatus = 0;
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Team.Me)).StatusCode);

            // Known keys stay valid.
            issuer.ErrorStatus = 500;
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Team.Me)).StatusCode);
        }

        await issuer.DisposeAsync();
    }

    [Theory]
    [InlineData("http://login.example", "a", "Authority")]
    [InlineData("login.example", "a", "Authority")]
    [InlineData("https://login.example", "", "Audience")]
    public async Task UnsafeSettings_AreRefusedAtTheStart(string authority, string audience, string named)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Xqr:Auth:Authority"] = authority,
            ["Xqr:Auth:Audience"] = audience,
            ["Xqr:Auth:ClientId"] = "",
        };

        var refusal = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => service.StartAnotherAsync(settings));

        Assert.Contains($"Xqr:Auth:{named}", refusal.Message, StringComparison.Ordinal);
    }
}
