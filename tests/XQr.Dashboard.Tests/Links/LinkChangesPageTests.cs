using System.Net;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using XQr.Api.Links;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Links;

/// <summary>The last changes on the page of a link.</summary>
public sealed partial class LinkChangesPageTests(ServiceFixture service)
{
    [Fact]
    public async Task Changes_AreSentencesWithTheirActors()
    {
        var site = await LinkSite.OpenAsync(service);
        var path = await site.SendAsync("", ("url", "https://example.com/a"));
        var id = path.Split('/', '?')[4];
        var long200 = new string('a', 200);
        string[] bodies =
        [
            """{"url":"https://example.com/<b>"}""",
            $$"""{"url":"https://example.com/{{long200}}","labels":["a","b & c"]}""",
            """{"labels":["d"],"expires_at":"2100-01-01T10:00:00Z"}""",
            """{"expires_at":null,"routing_rules":[{"destination":"https://example.com/de"}]}""",
            """{"routing_rules":[{"destination":"https://example.com/at"}]}""",
            """{"routing_rules":[]}""",
        ];
        foreach (var body in bodies)
        {
            await (await site.Api.PatchJsonAsync($"/api/v1/links/{id}", body)).DataAsync();
        }

        await site.SendAsync($"/{id}/enabled", ("enabled", "false"), ("to", "page"));

        var html = await site.PageAsync($"/{id}");

        Assert.Equal(
            [
                ("Turned the link off", site.Email),
                ("Removed the routing rules", "API key"),
                ("Changed the routing rules", "API key"),
                ("Removed the expiry; Added routing rules", "API key"),
                ("Set the expiry to 2100-01-01 10:00 UTC; Added the label d; Removed the labels a, b & c", "API key"),
                ($"Changed the destination to https://example.com/{long200[..179]}…; Added the labels a, b & c", "API key"),
                ("Changed the destination from https://example.com/a to https://example.com/<b>", "API key"),
                ("Created the link", site.Email),
            ],
            ChangesOf(html).Select(change => (change.Text, change.By.StartsWith("API key ", StringComparison.Ordinal) ? "API key" : change.By)));
    }

    /// <summary>Earlier versions wrote the row, and an operator changed it.</summary>
    [Fact]
    public async Task LinkOfAnEarlierVersion_HasNoChangesUntilTheNext()
    {
        var site = await LinkSite.OpenAsync(service);
        var id = (await site.Api.NewLinkAsync()).Text("id");
        var table = service.Application.Service<Tables>().Workspaces;
        TableEntity row = await table.GetEntityAsync<TableEntity>(site.WorkspaceId, LinkKeys.Link(Guid.Parse(id)));
        Assert.True(row.Remove("Changes0"));
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);

        Assert.Contains("No changes are recorded yet.", await site.PageAsync($"/{id}"), StringComparison.Ordinal);
        await site.SendAsync("/bulk", ("ids", id), ("action", "disable"));
        Assert.Equal([("Turned the link off", site.Email)], ChangesOf(await site.PageAsync($"/{id}")));
    }

    private static (string Text, string By)[] ChangesOf(string html) =>
    [
        .. from item in Item().Matches(html[html.IndexOf("id=\"changes\"", StringComparison.Ordinal)..])
           let lines = Line().Matches(item.Value).Select(line => WebUtility.HtmlDecode(Tag().Replace(line.Groups["text"].Value, "")).Trim()).ToList()
           select (string.Join("; ", lines.SkipLast(1)), lines[^1].Split(" · ")[1]),
    ];

    [GeneratedRegex("<li>.*?</li>", RegexOptions.Singleline)]
    private static partial Regex Item();

    [GeneratedRegex("<p[^>]*>(?<text>.*?)</p>", RegexOptions.Singleline)]
    private static partial Regex Line();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
