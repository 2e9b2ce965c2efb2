using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using XQr.Testing;

namespace XQr.Dashboard.Tests.SignIn;

/// <summary>The sign-in at a provider that returns what each test wants.</summary>
public sealed class SignInTests(ServiceFixture service)
{
    private const string Cookie = "__Host-xqr";

    private readonly string email = $"{Guid.NewGuid():N}@example.com";

    [Fact]
    public async Task SignIn_CodeFlowWithPkce()
    {
        var flow = await SignInFlow.BeginAsync(service.Application);

        Assert.Equal($"{service.Issuer.Authority}/authorize", flow.Address.GetLeftPart(UriPartial.Path));
        Assert.Equal("code", flow["response_type"]);
        Assert.Equal(TestIssuer.ClientId, flow["client_id"]);
        Assert.Equal("openid profile email", flow["scope"]);
        Assert.Equal("https://xqr.test/dashboard/sign-in/callback", flow["redirect_uri"]);
        Assert.Equal("S256", flow["code_challenge_method"]);
    }

    [Fact]
    public async Task Return_SessionAndThePageOfTheBeginning()
    {
        var flow = await SignInFlow.BeginAsync(service.Application, "/dashboard/ws_1/links?page=2");
        var grant = service.Issuer.NewGrant(service.Issuer.Sign(flow.Claims(service.Issuer, email)));
        using var response = await flow.ReturnAsync(grant);

        Assert.Equal("/dashboard/ws_1/links?page=2", response.Headers.Location!.OriginalString);
        var cookie = response.Headers.GetValues("Set-Cookie").Single(header => header.StartsWith($"{Cookie}=", StringComparison.Ordinal));
        Assert.Matches("; max-age=28(800|799); path=/; secure; samesite=lax; httponly$", cookie);
        Assert.DoesNotContain(flow.Browser.Cookies.Keys, name => name.StartsWith("xqr-sign-in", StringComparison.Ordinal));

        var challenge = SHA256.HashData(Encoding.ASCII.GetBytes(grant.Request!["code_verifier"]));
        Assert.Equal(flow["code_challenge"], Base64Url.EncodeToString(challenge));
        Assert.DoesNotContain("client_secret", grant.Request);
        Assert.Equal(0, grant.UserInfoCalls);
        Assert.True(await IsSignedInAsync(flow.Browser));
    }

    [Theory]
    [InlineData("nonce", "wrong")]
    [InlineData("nonce", null)]
    [InlineData("iss", "https://other.test")]
    [InlineData("aud", "xqr-tests")]
    [InlineData("aud", null)]
    [InlineData("exp", "1")]
    [InlineData("exp", null)]
    [InlineData("sub", null)]
    public async Task WrongClaim_NoSession(string claim, string? value)
    {
        var flow = await SignInFlow.BeginAsync(service.Application);
        var claims = flow.Claims(service.Issuer, email);
        claims[claim] = value is null ? null : claim == "exp" ? long.Parse(value) : value;
        if (value is null)
        {
            claims.Remove(claim);
        }

        await IsRefusedAsync(flow.Browser, await flow.ReturnAsync(service.Issuer.NewGrant(service.Issuer.Sign(claims))));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("RS256")]
    public async Task WrongSignature_NoSession(string algorithm)
    {
        var flow = await SignInFlow.BeginAsync(service.Application);
        var token = TestIssuer.Token(algorithm, flow.Claims(service.Issuer, email), content => algorithm switch
        {
            "none" => [],
            "HS256" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(service.Issuer.PublicKeyPem), content),
            _ => RandomNumberGenerator.GetBytes(256),
        });

        await IsRefusedAsync(flow.Browser, await flow.ReturnAsync(service.Issuer.NewGrant(token)));
    }

    [Fact]
    public async Task CriticalExtension_NoSession()
    {
        var flow = await SignInFlow.BeginAsync(service.Application);
        var token = service.Issuer.Sign(flow.Claims(service.Issuer, email), ""","crit":["x"],"x":1""");

        await IsRefusedAsync(flow.Browser, await flow.ReturnAsync(service.Issuer.NewGrant(token)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("invented")]
    [InlineData("another sign-in")]
    public async Task WrongState_NoSession(string state)
    {
        var flow = await SignInFlow.BeginAsync(service.Application);
        var other = await SignInFlow.BeginAsync(service.Application);
        var grant = service.Issuer.NewGrant(service.Issuer.Sign(flow.Claims(service.Issuer, email)));

        await IsRefusedAsync(flow.Browser, await flow.ReturnAsync(grant, state: state == "another sign-in" ? other["state"] : state));
        Assert.Null(grant.Request);
    }

    /// <summary>Somebody who begins a sign-in and sends the last link to another person does not sign that person in.</summary>
    [Fact]
    public async Task LinkOfAnotherBrowser_NoSession()
    {
        var flow = await SignInFlow.BeginAsync(service.Application);
        var victim = new DashboardClient(service.Application);
        var grant = service.Issuer.NewGrant(service.Issuer.Sign(flow.Claims(service.Issuer, email)));

        await IsRefusedAsync(victim, await flow.ReturnAsync(grant, victim));
    }

    [Fact]
    public async Task SecondReturn_NoSession()
    {
        var flow = await SignInFlow.BeginAsync(service.Application);
        var grant = service.Issuer.NewGrant(service.Issuer.Sign(flow.Claims(service.Issuer, email)));
        using var first = await flow.ReturnAsync(grant);
        flow.Browser.Cookies.Remove(Cookie);

        await IsRefusedAsync(flow.Browser, await flow.ReturnAsync(grant));
    }

    [Fact]
    public async Task Cancelled_PageThatSaysSo()
    {
        var flow = await SignInFlow.BeginAsync(service.Application);
        using var response = await flow.Browser.GetAsync(
            $"/dashboard/sign-in/callback?error=access_denied&state={Uri.EscapeDataString(flow["state"])}");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains(SignInTexts.CancelledText, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoEmailInTheToken_AsksTheProvider()
    {
        var flow = await SignInFlow.BeginAsync(service.Application);
        var claims = flow.Claims(service.Issuer, email);
        var userInfo = new System.Text.Json.Nodes.JsonObject { ["sub"] = (string?)claims["sub"], ["email"] = email, ["email_verified"] = true };
        claims.Remove("email");
        claims.Remove("email_verified");
        var workspaceId = await Memberships.InviteAsync(service.Application, email);
        var grant = service.Issuer.NewGrant(service.Issuer.Sign(claims), userInfo);
        using var response = await flow.ReturnAsync(grant);

        Assert.Equal(1, grant.UserInfoCalls);
        Assert.NotNull(await Memberships.FindAsync(service.Application, flow.Browser, workspaceId));
    }

    private static async Task<bool> IsSignedInAsync(DashboardClient browser)
    {
        using var response = await browser.GetAsync("/dashboard/sign-in");
        return response.Headers.Location?.OriginalString == "/dashboard";
    }

    private static async Task IsRefusedAsync(DashboardClient browser, HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(SignInTexts.FailedTitle, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(Cookie, browser.Cookies);
        Assert.False(await IsSignedInAsync(browser));
    }
}
