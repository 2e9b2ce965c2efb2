using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using XQr.Testing;

namespace XQr.Dashboard.Tests.SignIn;

/// <summary>Represents a sign-in that a browser has begun, from the request that the dashboard sends to the provider.</summary>
internal sealed class SignInFlow
{
    private readonly Dictionary<string, string> request;

    private SignInFlow(DashboardClient browser, Uri address)
    {
        Browser = browser;
        Address = address;
        request = QueryHelpers.ParseQuery(address.Query).ToDictionary(field => field.Key, field => field.Value.ToString());
    }

    public DashboardClient Browser { get; }

    /// <summary>Gets the address of the provider to which the dashboard sends the browser.</summary>
    public Uri Address { get; }

    public string this[string parameter] => request[parameter];

    /// <summary>Begins a sign-in.</summary>
    /// <param name="application">The application.</param>
    /// <param name="returnPath">The page to show afterwards.</param>
    public static async Task<SignInFlow> BeginAsync(XQrApplication application, string returnPath = "/dashboard")
    {
        var browser = new DashboardClient(application);
        using var response = await browser.GetAsync($"/dashboard/sign-in?return={Uri.EscapeDataString(returnPath)}");
        return new(browser, response.Headers.Location!);
    }

    /// <summary>Creates the claims of a valid ID token.</summary>
    public JsonObject Claims(TestIssuer issuer, string email)
    {
        var claims = issuer.Claims(email);
        claims["aud"] = TestIssuer.ClientId;
        claims["nonce"] = this["nonce"];
        return claims;
    }

    /// <summary>Brings a code to the dashboard.</summary>
    public Task<HttpResponseMessage> ReturnAsync(TestGrant grant, DashboardClient? browser = null, string? state = null) =>
        (browser ?? Browser).GetAsync($"/dashboard/sign-in/callback?code={grant.Code}&state={Uri.EscapeDataString(state ?? this["state"])}");

    /// <summary>Signs a person in with a valid token.</summary>
    public Task<HttpResponseMessage> CompleteAsync(TestIssuer issuer, string email) =>
        ReturnAsync(issuer.NewGrant(issuer.Sign(Claims(issuer, email))));
}
