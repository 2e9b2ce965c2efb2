using System.Net;
using XQr.Dashboard.Tests.SignIn;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Members;

/// <summary>Requests without a session, without a membership and over the limit.</summary>
public sealed class AdmissionTests(ServiceFixture service)
{
    private const string Links = "links?q=a&page=2";

    private readonly string email = $"{Guid.NewGuid():N}@example.com";

    [Fact]
    public async Task NoSession_SignInAndBack()
    {
        using var browser = new DashboardClient(service.Application);
        using var response = await browser.GetAsync($"/dashboard/{NewWorkspaceId}/{Links}");

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal(SignInFor($"/dashboard/{NewWorkspaceId}/{Links}"), response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task NoSessionForAPart_SignInAndBackToThePage()
    {
        using var browser = new DashboardClient(service.Application);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/dashboard/{NewWorkspaceId}/{Links}");
        request.Headers.Add("HX-Request", "true");
        request.Headers.Add("HX-Current-URL", $"https://xqr.test/dashboard/{NewWorkspaceId}");
        using var response = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(SignInFor($"/dashboard/{NewWorkspaceId}"), response.Headers.GetValues("HX-Redirect").Single());
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("same-origin", true)]
    [InlineData("cross-site", false)]
    public async Task NoSessionForAForm_KeepsTheForm(string? site, bool isKept)
    {
        using var browser = new DashboardClient(service.Application);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/dashboard/{NewWorkspaceId}/links")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["url"] = "https://example.com/\"a", ["csrf"] = "token" }),
        };
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        using var response = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains("href=\"/dashboard/sign-in\" target=\"_blank\"", page, StringComparison.Ordinal);
        Assert.Equal(isKept, page.Contains("name=\"url\" value=\"https://example.com/&quot;a\"", StringComparison.Ordinal));
        Assert.Equal(isKept, page.Contains("name=\"csrf\" value=\"token\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ForeignWorkspace_NotFound()
    {
        var foreign = await Memberships.InviteAsync(service.Application, "another@example.com");
        using var browser = await DashboardClient.SignInAsync(service.Application, email);
        using var response = await browser.GetAsync($"/dashboard/{foreign}/links");
        using var unknown = await browser.GetAsync($"/dashboard/{NewWorkspaceId}/links");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Invited_IsAMember()
    {
        var workspaceId = await Memberships.InviteAsync(service.Application, email);
        using var browser = await DashboardClient.SignInAsync(service.Application, email);
        using var response = await browser.GetAsync($"/dashboard/{workspaceId}/links");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task TooManyRequests_429OfThisPersonOnly()
    {
        await using var application = await service.StartAnotherAsync(services: StillTime.AtPresent().Register);
        using var browser = await DashboardClient.SignInAsync(application, email);
        using var another = await DashboardClient.SignInAsync(application, $"other-{email}");
        for (var i = 0; i < 20; i++)
        {
            using var allowed = await browser.GetAsync("/dashboard/sign-in");
            Assert.Equal(HttpStatusCode.Found, allowed.StatusCode);
        }

        using var refused = await browser.GetAsync("/dashboard/sign-in");
        using var other = await another.GetAsync("/dashboard/sign-in");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.Found, other.StatusCode);
    }

    private static string NewWorkspaceId => "ws_01a22e6a-ef37-7cc9-9117-66c537c45cbb";

    private static string SignInFor(string page) => $"/dashboard/sign-in?return={Uri.EscapeDataString(page)}";
}
