using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace XQr.Server.Tests;

/// <summary>The sign-in to the dashboard during development: one click, and no password.</summary>
[Collection(DevelopmentServer.Collection)]
public sealed partial class DevelopmentDashboardTests(DevelopmentServer development)
{
    private const string Verifier = "a-verifier-of-at-least-43-characters-0123456789";

    private readonly ServerProcess server = development.Process;

    [Fact]
    public async Task OneClick_SignedInAsTheOwner()
    {
        var output = await server.OutputAsync("/dashboard");
        Assert.Contains($"Dashboard  {server.BaseUrl}/dashboard", output, StringComparison.Ordinal);
        using var browser = NewBrowser();

        using var response = await SignInAsync(browser, $"/dashboard/{server.WorkspaceId}/links");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($"{server.BaseUrl}/dashboard/{server.WorkspaceId}/links", response.RequestMessage!.RequestUri!.ToString());
        var links = await response.Content.ReadAsStringAsync();
        Assert.Contains("owner@example.com", links, StringComparison.Ordinal);

        // The sign-out leads to the issuer, which leads back.
        using var signingOut = await browser.PostAsync(
            "/dashboard/sign-out", new FormUrlEncodedContent([Fields().Matches(links).Select(FieldOf).First(field => field.Key == "csrf")]));
        var link = Regex.Match(await signingOut.Content.ReadAsStringAsync(), "href=\"(http[^\"]+sign-out[^\"]+)\"").Groups[1].Value;
        var atIssuer = WebUtility.HtmlDecode(link);
        using var signedOut = await browser.GetAsync(atIssuer);
        Assert.Equal($"{server.BaseUrl}/dashboard/sign-out/callback", signedOut.RequestMessage!.RequestUri!.ToString());
        using var afterwards = await browser.GetAsync($"/dashboard/{server.WorkspaceId}/links");
        Assert.Equal("/development/authorize", afterwards.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task InvitedPerson_OpensTheCopiedAddress_AndIsAMember()
    {
        using var owner = NewBrowser();
        var members = $"/dashboard/{server.WorkspaceId}/settings/members";
        using var form = await SignInAsync(owner, $"{members}/new");
        var token = Fields().Matches(await form.Content.ReadAsStringAsync()).Select(FieldOf).First(field => field.Key == "csrf");
        using var invited = await owner.PostAsync(
            $"{members}/new", new FormUrlEncodedContent([token, new("email", "ada@example.com"), new("role", "member")]));
        var address = WebUtility.HtmlDecode(CopiedAddress().Match(await invited.Content.ReadAsStringAsync()).Groups[1].Value);

        using var stranger = NewBrowser();
        using var refused = await SignInAsync(stranger, address, "eve@example.com");
        using var ada = NewBrowser();
        using var home = await SignInAsync(ada, address, "ada@example.com");

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal((HttpStatusCode.OK, address), (home.StatusCode, home.RequestMessage!.RequestUri!.ToString()));
        var list = await ada.GetStringAsync(members);
        Assert.Contains("ada@example.com", list, StringComparison.Ordinal);
        Assert.DoesNotContain("Invited", list, StringComparison.Ordinal);
        using var links = await ada.GetAsync($"/dashboard/{server.WorkspaceId}/links/new");
        Assert.Equal(HttpStatusCode.OK, links.StatusCode);
        using var invitation = await ada.GetAsync($"{members}/new");
        Assert.Equal(HttpStatusCode.Forbidden, invitation.StatusCode);
    }

    [Fact]
    public async Task Code_IsOfOneRequestAndForOneUse()
    {
        var callback = $"{server.BaseUrl}/dashboard/sign-in/callback";

        Assert.Equal(HttpStatusCode.BadRequest, await RedeemAsync(await NewCodeAsync(callback), callback, "another verifier"));
        Assert.Equal(HttpStatusCode.BadRequest, await RedeemAsync(await NewCodeAsync(callback), $"{callback}2", Verifier));
        Assert.Equal(HttpStatusCode.BadRequest, await RedeemAsync("invented", callback, Verifier));
        var code = await NewCodeAsync(callback);
        Assert.Equal(HttpStatusCode.OK, await RedeemAsync(code, callback, Verifier));
        Assert.Equal(HttpStatusCode.BadRequest, await RedeemAsync(code, callback, Verifier));

        foreach (var foreign in (string[])["https://evil.example/dashboard/sign-in/callback", $"{server.BaseUrl}/abc", "javascript:alert(1)"])
        {
            using var response = await AuthorizeAsync(foreign);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    private HttpClient NewBrowser() =>
        new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(server.BaseUrl) };

    /// <summary>Opens a page in a browser that is not signed in, and continues at the issuer as the owner or as another person.</summary>
    private static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string page, string? email = null)
    {
        // The browser follows the redirects to the issuer's page, which has a form for the owner and one for others.
        var forms = Form().Matches(await browser.GetStringAsync(page));
        Assert.Contains("Continue as owner@example.com", forms[0].Value, StringComparison.Ordinal);
        var fields = Fields().Matches(forms[email is null ? 0 : 1].Value).Select(FieldOf);
        return await browser.PostAsync(
            "/development/authorize", new FormUrlEncodedContent(email is null ? fields : fields.Append(new("email", email))));
    }

    private static KeyValuePair<string, string> FieldOf(Match field) => new(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value));

    private async Task<string> NewCodeAsync(string callback)
    {
        using var response = await AuthorizeAsync(callback);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return Regex.Match(response.Headers.Location!.Query, "code=([^&]+)").Groups[1].Value;
    }

    private async Task<HttpResponseMessage> AuthorizeAsync(string callback)
    {
        using var client = server.NewClient();
        return await client.PostAsync("/development/authorize", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = "xqr-development",
            ["response_type"] = "code",
            ["redirect_uri"] = callback,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
            ["email"] = "ada@example.com",
        }));
    }

    private async Task<HttpStatusCode> RedeemAsync(string code, string callback, string verifier)
    {
        using var client = server.NewClient();
        using var response = await client.PostAsync("/development/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = callback,
            ["code_verifier"] = verifier,
        }));
        return response.StatusCode;
    }

    [GeneratedRegex("<code>(http[^<]+)</code>")]
    private static partial Regex CopiedAddress();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Fields();
}
