using System.Net;
using System.Text.RegularExpressions;
using XQr.Testing;

namespace XQr.Dashboard.Tests.SignIn;

/// <summary>The whole sign-in and sign-out at an independent provider, as a browser does it.</summary>
public sealed partial class OpenIddictTests(ServiceFixture service)
{
    [Fact]
    public async Task SignInAndOut_AtAnIndependentProvider()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        await using var provider = await OpenIddictProvider.StartAsync(email);
        var settings = provider.Settings;
        settings["Xqr:PublicBaseUrl"] = "";
        await using var application = await service.StartAnotherAsync(settings);
        var workspaceId = await Memberships.InviteAsync(application, email);
        using var browser = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = application.Address };

        // The browser follows the redirects to the provider and back.
        using var page = await browser.GetAsync($"/dashboard/{workspaceId}/links");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(new Uri(application.Address, $"/dashboard/{workspaceId}/links"), page.RequestMessage!.RequestUri);
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains(email, html, StringComparison.Ordinal);

        using var form = new FormUrlEncodedContent([KeyValuePair.Create("csrf", Token().Match(html).Groups[1].Value)]);
        using var signingOut = await browser.PostAsync("/dashboard/sign-out", form);
        var atProvider = WebUtility.HtmlDecode(Link().Match(await signingOut.Content.ReadAsStringAsync()).Groups[1].Value);
        using var signedOut = await browser.GetAsync(atProvider);

        Assert.Equal($"subject of {email}", Assert.Single(provider.SignedOut));
        Assert.Equal(new Uri(application.Address, "/dashboard/sign-out/callback"), signedOut.RequestMessage!.RequestUri);
        Assert.Contains(SignInTexts.SignedOutTitle, await signedOut.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [GeneratedRegex("name=\"csrf\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("<a class=\"btn btn-primary\" href=\"([^\"]+)\"")]
    private static partial Regex Link();
}
