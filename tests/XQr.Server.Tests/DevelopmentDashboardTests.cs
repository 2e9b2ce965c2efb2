using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace XQr.Server.Tests;

/// <summary>The sign-in to the dashboard during development: one click, and no password.</summary>
public sealed partial class DevelopmentDashboardTests : IDisposable
{
    private const string Verifier = "a-verifier-of-at-least-43-characters-0123456789";

    private static readonly (string Name, string Value)[] Development = [("ASPNETCORE_ENVIRONMENT", "Development")];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task OneClick_SignedInAsTheOwner()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path, Development, "--ephemeral");
        var output = await server.OutputAsync("/dashboard");
        Assert.Contains($"Dashboard  {server.BaseUrl}/dashboard", output, StringComparison.Ordinal);
        using var browser = NewBrowser(server);

        // The browser follows the redirect to the issuer's page.
        var page = await browser.GetStringAsync($"/dashboard/sign-in?return=/dashboard/{server.WorkspaceId}/links");
        var form = Form().Match(page).Value;
        Assert.Contains("Continue as owner@example.com", form, StringComparison.Ordinal);
        using var response = await browser.PostAsync(
            "/development/authorize", new FormUrlEncodedContent(Fields().Matches(form).Select(FieldOf)));

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
    public async Task Code_IsOfOneRequestAndForOneUse()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path, Development, "--ephemeral");
        var callback = $"{server.BaseUrl}/dashboard/sign-in/callback";

        Assert.Equal(HttpStatusCode.BadRequest, await RedeemAsync(server, await NewCodeAsync(server, callback), callback, "another verifier"));
        Assert.Equal(HttpStatusCode.BadRequest, await RedeemAsync(server, await NewCodeAsync(server, callback), $"{callback}2", Verifier));
        Assert.Equal(HttpStatusCode.BadRequest, await RedeemAsync(server, "invented", callback, Verifier));
        var code = await NewCodeAsync(server, callback);
        Assert.Equal(HttpStatusCode.OK, await RedeemAsync(server, code, callback, Verifier));
        Assert.Equal(HttpStatusCode.BadRequest, await RedeemAsync(server, code, callback, Verifier));

        foreach (var foreign in (string[])["https://evil.example/dashboard/sign-in/callback", $"{server.BaseUrl}/abc", "javascript:alert(1)"])
        {
            using var response = await AuthorizeAsync(server, foreign);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    private static HttpClient NewBrowser(ServerProcess server) =>
        new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(server.BaseUrl) };

    private static KeyValuePair<string, string> FieldOf(Match field) => new(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value));

    private static async Task<string> NewCodeAsync(ServerProcess server, string callback)
    {
        using var response = await AuthorizeAsync(server, callback);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return Regex.Match(response.Headers.Location!.Query, "code=([^&]+)").Groups[1].Value;
    }

    private static async Task<HttpResponseMessage> AuthorizeAsync(ServerProcess server, string callback)
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

    private static async Task<HttpStatusCode> RedeemAsync(ServerProcess server, string code, string callback, string verifier)
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

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Fields();
}
