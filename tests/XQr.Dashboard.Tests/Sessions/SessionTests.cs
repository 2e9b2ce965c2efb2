using System.Net;
using XQr.Api.Tenancy;
using XQr.Dashboard.Tests.SignIn;
using XQr.Testing;
using XQr.Testing.Storage;

namespace XQr.Dashboard.Tests.Sessions;

public sealed class SessionTests(ServiceFixture service)
{
    private const string Cookie = "__Host-xqr";

    private readonly string email = $"{Guid.NewGuid():N}@example.com";

    [Fact]
    public async Task SignOut_EndsTheSessionHereAndAtTheProvider()
    {
        var flow = await SignInFlow.BeginAsync(service.Application);
        var idToken = service.Issuer.Sign(flow.Claims(service.Issuer, email));
        using var signedIn = await flow.ReturnAsync(service.Issuer.NewGrant(idToken));
        using var browser = await DashboardClient.SignInAsync(service.Application, email);
        browser.Cookies[Cookie] = flow.Browser.Cookies[Cookie];
        var copy = browser.Cookies[Cookie];
        using var response = await browser.PostAsync("/dashboard/sign-out");

        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        var callback = Uri.EscapeDataString("https://xqr.test/dashboard/sign-out/callback");
        Assert.Contains($"{service.Issuer.Authority}/sign-out?client_id={TestIssuer.ClientId}&", page, StringComparison.Ordinal);
        Assert.Contains($"&id_token_hint={idToken}&", page, StringComparison.Ordinal);
        Assert.Contains($"&post_logout_redirect_uri={callback}", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Cookie, browser.Cookies);

        browser.Cookies[Cookie] = copy;
        Assert.False(await IsSignedInAsync(browser));
    }

    [Fact]
    public async Task CopiedCookie_RefusedByOtherInstancesWithin10Seconds()
    {
        var time = new OffsetTime();
        await using var other = await service.StartAnotherAsync(services: time.Register);
        using var browser = await DashboardClient.SignInAsync(service.Application, email);
        using var thief = new DashboardClient(other);
        thief.Cookies[Cookie] = browser.Cookies[Cookie];
        Assert.True(await IsSignedInAsync(thief));

        using var signedOut = await browser.PostAsync("/dashboard/sign-out");
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(await IsSignedInAsync(thief));
    }

    [Fact]
    public async Task Idle_ExpiresAfter8Hours()
    {
        var time = new OffsetTime();
        await using var application = await service.StartAnotherAsync(services: time.Register);
        var flow = await SignInFlow.BeginAsync(application);
        using var signedIn = await flow.CompleteAsync(service.Issuer, email);
        var first = flow.Browser.Cookies[Cookie];

        time.Advance(TimeSpan.FromHours(3));
        Assert.True(await IsSignedInAsync(flow.Browser));
        Assert.Equal(first, flow.Browser.Cookies[Cookie]);

        time.Advance(TimeSpan.FromHours(4));
        Assert.True(await IsSignedInAsync(flow.Browser));
        Assert.NotEqual(first, flow.Browser.Cookies[Cookie]);

        time.Advance(TimeSpan.FromHours(7));
        Assert.True(await IsSignedInAsync(flow.Browser));
        time.Advance(TimeSpan.FromHours(8.1));
        Assert.False(await IsSignedInAsync(flow.Browser));
    }

    [Fact]
    public async Task Active_ExpiresAfter7Days()
    {
        var time = new OffsetTime();
        await using var application = await service.StartAnotherAsync(services: time.Register);
        var flow = await SignInFlow.BeginAsync(application);
        using var signedIn = await flow.CompleteAsync(service.Issuer, email);
        for (var hours = 6; hours < 7 * 24; hours += 6)
        {
            time.Advance(TimeSpan.FromHours(6));
            Assert.True(await IsSignedInAsync(flow.Browser));
        }

        time.Advance(TimeSpan.FromHours(6.1));
        Assert.False(await IsSignedInAsync(flow.Browser));
    }

    [Fact]
    public async Task RemovedMember_RefusedWithin10Seconds()
    {
        var time = new OffsetTime();
        await using var application = await service.StartAnotherAsync(services: time.Register);
        var workspaceId = await Memberships.InviteAsync(application, "first@example.com");
        var store = application.Service<MemberChangeStore>();
        var principal = Principal.Operator(workspaceId);
        var invited = await store.InviteAsync(principal, email, name: null, Role.Admin, CancellationToken.None);
        using var browser = await DashboardClient.SignInAsync(application, email);
        Assert.Equal(Role.Admin, (await Memberships.FindAsync(application, browser, workspaceId))!.Member.Role);

        await store.UpdateAsync(principal, invited.Member!.Id, _ => true, name: null, Role.Member, CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Role.Member, (await Memberships.FindAsync(application, browser, workspaceId))!.Member.Role);

        await store.RemoveAsync(principal, invited.Member.Id, _ => true, CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(await Memberships.FindAsync(application, browser, workspaceId));
    }

    [Theory]
    [InlineData("ws_01a22e6a-ef37-7cc9-9117-66c537c45cbb")]
    [InlineData("ws_")]
    [InlineData("WS_01A22E6A-EF37-7CC9-9117-66C537C45CBB")]
    [InlineData("')/..")]
    public async Task UnknownWorkspace_NoMembership(string workspaceId)
    {
        using var browser = await DashboardClient.SignInAsync(service.Application, email);

        Assert.Null(await Memberships.FindAsync(service.Application, browser, workspaceId));
    }

    [Fact]
    public async Task ForeignWorkspace_NoMembership()
    {
        var foreign = await Memberships.InviteAsync(service.Application, "another@example.com");
        using var browser = await DashboardClient.SignInAsync(service.Application, email);

        Assert.Null(await Memberships.FindAsync(service.Application, browser, foreign));
    }

    [Fact]
    public async Task WarmSession_NoStorageCall()
    {
        var workspaceId = await Memberships.InviteAsync(service.Application, email);
        await using var application = await service.StartAnotherAsync(services: new StillTime(DateTimeOffset.UtcNow).Register);
        using var browser = await DashboardClient.SignInAsync(application, email);
        await Memberships.FindAsync(application, browser, workspaceId);

        Assert.Empty(await application.Calls.DuringAsync(async () => await Memberships.FindAsync(application, browser, workspaceId)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Outage_503AndStillSignedIn(bool isCold)
    {
        var time = new OffsetTime();
        await using var gate = new StorageGate(service.ConnectionString);
        await using var application = await XQrApplication.StartAsync(gate.ConnectionString, service.Issuer.Settings, time.Register);
        using var browser = await DashboardClient.SignInAsync(isCold ? service.Application : application, email);
        using var client = new DashboardClient(application);
        client.Cookies[Cookie] = browser.Cookies[Cookie];

        gate.Close(hangs: false);
        time.Advance(TimeSpan.FromSeconds(10));
        using var response = await client.GetAsync("/dashboard/sign-in");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains(Cookie, client.Cookies);

        gate.Open();
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(await IsSignedInAsync(client));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%00")]
    public async Task InventedCookie_NoSessionAndNoStorageCall(string value)
    {
        await using var application = await service.StartAnotherAsync();
        using var browser = new DashboardClient(application);
        browser.Cookies[Cookie] = value;
        var calls = await application.Calls.DuringAsync(async () => Assert.False(await IsSignedInAsync(browser)));

        Assert.DoesNotContain(calls, call => call.IsOf("Sessions"));
    }

    private static async Task<bool> IsSignedInAsync(DashboardClient browser)
    {
        using var response = await browser.GetAsync("/dashboard/sign-in");
        return response.Headers.Location?.OriginalString == "/dashboard";
    }
}
