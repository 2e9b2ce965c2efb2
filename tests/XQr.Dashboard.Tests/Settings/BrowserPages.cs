using System.Net;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Settings;

internal static class BrowserPages
{
    /// <summary>Returns the content of a page, and asserts its status.</summary>
    public static async Task<string> ReadAsync(this DashboardClient browser, string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await browser.GetAsync(path);
        return await ContentAsync(response, status);
    }

    /// <summary>Sends a form that is refused, and returns the page with its errors.</summary>
    public static async Task<string> RefusedAsync(
        this DashboardClient browser, HttpStatusCode status, string path, params IEnumerable<(string Name, string Value)> fields)
    {
        using var response = await browser.PostAsync(path, fields);
        return await ContentAsync(response, status);
    }

    /// <summary>Sends a form that is accepted, and returns the address to which it redirects.</summary>
    public static async Task<string> AcceptedAsync(
        this DashboardClient browser, string path, params IEnumerable<(string Name, string Value)> fields)
    {
        using var response = await browser.PostAsync(path, fields);
        Assert.True(response.StatusCode == HttpStatusCode.SeeOther, $"{response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return response.Headers.Location!.ToString();
    }

    private static async Task<string> ContentAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        var content = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{response.StatusCode} {content}");
        return content;
    }
}
