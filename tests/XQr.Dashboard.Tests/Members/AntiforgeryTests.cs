using System.Net;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Members;

/// <summary>Forms of other sites, other persons and expired sessions. The form is the one of the sign-out, which every page has.</summary>
public sealed class AntiforgeryTests(ServiceFixture service)
{
    private const string Path = "/dashboard/sign-out";
    private const string Session = "__Host-xqr";

    private readonly string email = $"{Guid.NewGuid():N}@example.com";

    [Theory]
    [InlineData(null)]
    [InlineData("same-origin")]
    [InlineData("none")]
    public async Task OwnForm_Accepted(string? site)
    {
        using var browser = await DashboardClient.SignInAsync(service.Application, email);
        using var response = await SendAsync(browser, site);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain(Session, browser.Cookies);
    }

    [Fact]
    public async Task TokenInTheHeader_Accepted()
    {
        using var browser = await DashboardClient.SignInAsync(service.Application, email);
        using var request = new HttpRequestMessage(HttpMethod.Post, Path);
        request.Headers.Add("X-Csrf", browser.Token);
        using var response = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("invented")]
    public async Task OtherSite_RefusedInSpiteOfAValidToken(string site)
    {
        using var browser = await DashboardClient.SignInAsync(service.Application, email);
        using var response = await SendAsync(browser, site);

        await IsRefusedAsync(browser, response, SignInTexts.ForeignForm);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("invented")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task NoValidToken_Refused(string? token)
    {
        using var browser = await DashboardClient.SignInAsync(service.Application, email);
        browser.Token = token;
        using var response = await SendAsync(browser, site: null, ("name", "Mine"));

        var page = await IsRefusedAsync(browser, response, SignInTexts.OutdatedText);
        Assert.DoesNotContain("Mine", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenOfAnotherPerson_Refused()
    {
        using var attacker = await DashboardClient.SignInAsync(service.Application, $"other-{email}");
        using var browser = await DashboardClient.SignInAsync(service.Application, email);
        browser.Token = attacker.Token;
        browser.Cookies["__Host-xqr-csrf"] = attacker.Cookies["__Host-xqr-csrf"];
        using var response = await SendAsync(browser, site: null);

        await IsRefusedAsync(browser, response, SignInTexts.OutdatedText);
    }

    [Fact]
    public async Task TokenWithoutItsCookie_Refused()
    {
        using var browser = await DashboardClient.SignInAsync(service.Application, email);
        browser.Cookies.Remove("__Host-xqr-csrf");
        using var response = await SendAsync(browser, site: null);

        await IsRefusedAsync(browser, response, SignInTexts.OutdatedText);
    }

    [Fact]
    public async Task OutdatedFormOfThisSite_CanBeSentAgain()
    {
        using var browser = await DashboardClient.SignInAsync(service.Application, email);
        browser.Token = "outdated";
        using var response = await SendAsync(browser, "same-origin", ("name", "<Mine>"));

        var page = await IsRefusedAsync(browser, response, SignInTexts.OutdatedText);
        Assert.Contains("<input type=\"hidden\" name=\"name\" value=\"&lt;Mine&gt;\">", page, StringComparison.Ordinal);
        browser.Token = TokenOf(page);
        using var again = await SendAsync(browser, "same-origin");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    /// <summary>A person who signs in again can send the old page's form: the token belongs to the person and not to the session.</summary>
    [Fact]
    public async Task FormOfTheSessionBefore_Accepted()
    {
        using var before = await DashboardClient.SignInAsync(service.Application, email);
        using var browser = await DashboardClient.SignInAsync(service.Application, email);
        browser.Token = before.Token;
        browser.Cookies["__Host-xqr-csrf"] = before.Cookies["__Host-xqr-csrf"];
        using var response = await SendAsync(browser, "same-origin");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(DashboardClient browser, string? site, params (string Name, string Value)[] fields)
    {
        IEnumerable<(string Name, string Value)> all = browser.Token is { } token ? [.. fields, ("csrf", token)] : fields;
        using var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Content = new FormUrlEncodedContent(all.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        return await browser.SendAsync(request);
    }

    private static string TokenOf(string page)
    {
        const string Field = "name=\"csrf\" value=\"";
        var form = page[page.IndexOf("class=\"card\"", StringComparison.Ordinal)..];
        return form[(form.IndexOf(Field, StringComparison.Ordinal) + Field.Length)..].Split('"')[0];
    }

    private static async Task<string> IsRefusedAsync(DashboardClient browser, HttpResponseMessage response, string text)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains(text, page, StringComparison.Ordinal);
        using var stillSignedIn = await browser.GetAsync("/dashboard/sign-in");
        Assert.Equal("/dashboard", stillSignedIn.Headers.Location?.OriginalString);
        return page;
    }
}
