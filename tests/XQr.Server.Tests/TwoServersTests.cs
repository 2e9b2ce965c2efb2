using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using XQr.Testing;

namespace XQr.Server.Tests;

/// <summary>Two processes on one storage serve the dashboard as one. The browsers' cookies belong to the host, whatever its port.</summary>
public sealed partial class TwoServersTests(ITestOutputHelper output) : IDisposable
{
    private static readonly (string Name, string Value)[] Development = [("ASPNETCORE_ENVIRONMENT", "Development")];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task SessionsFormsAndMembers_AreShared()
    {
        await using var first = await ServerProcess.StartAsync(folder.Path, Development, "--ephemeral", "--demo-plan", "enterprise");
        await using var second = await ServerProcess.StartAsync(
            folder.Path, Development, "--Xqr:Storage:ConnectionString", first.ConnectionString);
        var workspace = $"/dashboard/{first.WorkspaceId}";
        using var owner = await SignInAsync(first, "owner@example.com");
        using var admin = first.NewClient(await TokenAsync(first, "owner@example.com"));

        // The form of one server, sent to both at the same time.
        var fields = FieldsOf(await owner.GetStringAsync($"{first.BaseUrl}{workspace}/links/new"));
        var form = fields.Where(field => field.Key is "csrf" or "creation").DistinctBy(field => field.Key)
            .Append(new("url", "https://example.com/two-servers")).ToArray();
        var sent = await Task.WhenAll(new[] { first, second }.Select(server =>
            owner.PostAsync($"{server.BaseUrl}{workspace}/links/new", new FormUrlEncodedContent(form))));
        Assert.All(sent, response => Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode));
        Assert.Single(sent.Select(response => response.Headers.Location!.OriginalString).Distinct());
        using var program = first.NewClient();
        Assert.NotNull(await program.OnlyLinkAsync());

        // Both servers know three people. Then one of them ends a session, changes a role and removes a member.
        var (changed, removed) = (await InviteAsync(admin, "changed@example.com"), await InviteAsync(admin, "removed@example.com"));
        using var changedPerson = await SignInAsync(first, "changed@example.com");
        using var removedPerson = await SignInAsync(first, "removed@example.com");
        var page = $"{workspace}/settings/developers/new";
        foreach (var person in (Browser[])[owner, changedPerson, removedPerson])
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(person, second, page));
        }

        using var copy = new Browser(owner.Cookies);
        var token = FieldsOf(await owner.GetStringAsync(first.BaseUrl + page)).First(field => field.Key == "csrf");
        using var signedOut = await owner.PostAsync($"{first.BaseUrl}/dashboard/sign-out", new FormUrlEncodedContent([token]));
        Assert.Equal(HttpStatusCode.OK, signedOut.StatusCode);
        using var update = await admin.PatchJsonAsync($"/api/developer/members/{changed}", """{"role":"member"}""");
        Assert.Equal(HttpStatusCode.OK, update.StatusCode);
        using var removal = await admin.DeleteAsync($"/api/developer/members/{removed}");
        Assert.True(removal.IsSuccessStatusCode);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(
            ShowsAsync(copy, HttpStatusCode.Found, "The sign-out"),
            ShowsAsync(changedPerson, HttpStatusCode.Forbidden, "The change of a role"),
            ShowsAsync(removedPerson, HttpStatusCode.NotFound, "The removal of a member"));

        async Task ShowsAsync(HttpClient browser, HttpStatusCode expected, string change)
        {
            await Eventually.TrueAsync(
                async () => await StatusAsync(browser, second, page) == expected, $"{change} takes effect on the other server.");
            output.WriteLine($"{change} takes effect on the other server after {clock.Elapsed.TotalSeconds:0.0} s.");
        }
    }

    private static async Task<string> InviteAsync(HttpClient admin, string email)
    {
        using var response = await admin.PostJsonAsync("/api/developer/members", $$"""{"email":"{{email}}","role":"admin"}""");
        return (await response.DataAsync(HttpStatusCode.Created)).Text("id");
    }

    private static async Task<string> TokenAsync(ServerProcess server, string email)
    {
        using var client = server.NewClient();
        using var response = await client.PostAsync("/development/token", new FormUrlEncodedContent([new("email", email)]));
        return (await response.BodyAsync()).Text("access_token");
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser, ServerProcess server, string path)
    {
        using var response = await browser.GetAsync(server.BaseUrl + path);
        return response.StatusCode;
    }

    private static async Task<Browser> SignInAsync(ServerProcess server, string email)
    {
        var cookies = new CookieContainer();
        using var handler = new SocketsHttpHandler { UseProxy = false, CookieContainer = cookies };
        using var client = new HttpClient(handler) { BaseAddress = new(server.BaseUrl) };
        var page = await client.GetStringAsync("/dashboard/sign-in");
        var fields = FieldsOf(Form().Match(page).Value).Where(field => field.Key != "email").Append(new("email", email));
        using var response = await client.PostAsync("/development/authorize", new FormUrlEncodedContent(fields));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new(cookies.GetAllCookies());
    }

    private static KeyValuePair<string, string>[] FieldsOf(string form) =>
        [.. Fields().Matches(form).Select(field => KeyValuePair.Create(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value)))];

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Fields();

    /// <summary>A browser that follows no redirects.</summary>
    private sealed class Browser : HttpClient
    {
        private readonly CookieContainer cookies;

        /// <param name="cookies">The first cookies.</param>
        public Browser(CookieCollection cookies)
            : this(new CookieContainer()) => this.cookies.Add(cookies);

        private Browser(CookieContainer cookies)
            : base(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, CookieContainer = cookies }) => this.cookies = cookies;

        public CookieCollection Cookies => cookies.GetAllCookies();
    }
}
