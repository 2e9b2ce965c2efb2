using System.Net;
using System.Text.RegularExpressions;
using XQr.Api.Analytics.Scans;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Links;

/// <summary>A workspace of a test with its owner, in the dashboard and in the API.</summary>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="Email">The address of the owner.</param>
/// <param name="Browser">The browser of the owner.</param>
/// <param name="Api">A client with a key of the workspace.</param>
internal sealed partial record LinkSite(string WorkspaceId, string Email, DashboardClient Browser, HttpClient Api)
{
    /// <summary>Gets the path of the list.</summary>
    public string Path => Paths.Of(WorkspaceId, "links");

    /// <summary>Creates a workspace and signs its owner in.</summary>
    /// <param name="service">The service.</param>
    /// <param name="plan">The plan of the workspace.</param>
    /// <param name="instance">The instance to which the browser sends its requests; null for the shared one.</param>
    public static async Task<LinkSite> OpenAsync(ServiceFixture service, Plan plan = Plan.Enterprise, XQrApplication? instance = null)
    {
        var owner = await service.NewOwnedWorkspaceAsync(plan);
        var browser = await DashboardClient.SignInAsync(instance ?? service.Application, owner.Email);
        var key = await service.Application.NewKeyAsync(owner.WorkspaceId);
        return new(owner.WorkspaceId, owner.Email, browser, service.Application.NewClient(key));
    }

    /// <summary>Returns the content of a page.</summary>
    public async Task<string> PageAsync(string path = "", HttpStatusCode expected = HttpStatusCode.OK) =>
        await HtmlAsync(await Browser.GetAsync(Path + path), expected);

    /// <summary>Returns what htmx gets for a path.</summary>
    public async Task<string> PartAsync(HttpMethod method, string path, params (string Name, string Value)[] fields)
    {
        using var response = await SendPartAsync(method, path, fields);
        return await HtmlAsync(response, HttpStatusCode.OK);
    }

    /// <summary>Sends a request as htmx does.</summary>
    public async Task<HttpResponseMessage> SendPartAsync(HttpMethod method, string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(method, Path + path) { Headers = { { "HX-Request", "true" } } };
        if (method == HttpMethod.Post)
        {
            request.Content = new FormUrlEncodedContent(
                fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).Append(new("csrf", Browser.Token!)));
        }

        return await Browser.SendAsync(request);
    }

    /// <summary>Sends a form that is accepted, and returns the address of the next page.</summary>
    public async Task<string> SendAsync(string path, params (string Name, string Value)[] fields)
    {
        using var response = await Browser.PostAsync(Path + path, fields);
        var html = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.SeeOther, $"303 expected, not {(int)response.StatusCode}: {html}");
        return response.Headers.Location!.OriginalString;
    }

    /// <summary>Sends a form that is shown again, and returns the page.</summary>
    public async Task<string> ShownAgainAsync(string path, HttpStatusCode expected, params (string Name, string Value)[] fields) =>
        await HtmlAsync(await Browser.PostAsync(Path + path, fields), expected);

    /// <summary>Stores scans of a link.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="linkId">The link.</param>
    /// <param name="daysAgo">The age of each scan.</param>
    public async Task ScanAsync(XQrApplication instance, string linkId, params IEnumerable<int> daysAgo)
    {
        var now = instance.Service<TimeProvider>().GetUtcNow();
        var scans = daysAgo.Select(days =>
            new Scan(Guid.Parse(linkId), now.AddDays(-days), "DE", "mobile", "Safari", "iOS", "direct", Visitor: (ulong)days + 1));
        var tallies = new WriterTallies();
        foreach (var batch in ScanBatch.Divide(scans, tallies.NewName))
        {
            await instance.Service<ScanStore>().AppendAsync(WorkspaceId, batch, tallies, CancellationToken.None);
        }
    }

    /// <summary>Returns the value of a field of a form.</summary>
    public static string ValueOf(string html, string name) => WebUtility.HtmlDecode(
        Regex.Match(html, $"""<input[^>]* name="{Regex.Escape(name)}"[^>]* value="(?<value>[^"]*)" """.TrimEnd()).Groups["value"].Value);

    /// <summary>Returns the error at a field of a form.</summary>
    public static string ErrorOf(string html, string name) => WebUtility.HtmlDecode(
        Regex.Match(html, $"""<p class="error" id="field-{Regex.Escape(name)}-error">(?<text>[^<]*)<""").Groups["text"].Value);

    /// <summary>Returns the ids of the links in a list, in its order.</summary>
    public static string[] IdsOf(string html) => [.. SelectBox().Matches(html).Select(match => match.Groups["id"].Value)];

    private static async Task<string> HtmlAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var html = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{(int)expected} expected, not {(int)response.StatusCode}: {html}");
        return html;
    }

    [GeneratedRegex("""name="ids" value="(?<id>[^"]*)["]""")]
    private static partial Regex SelectBox();
}
