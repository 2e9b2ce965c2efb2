using System.Net;
using XQr.Api.Developers;
using XQr.Dashboard.Tests.Browser;
using XQr.Dashboard.Tests.Screens;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Settings;

/// <summary>The pages of people whose addresses are wider than a phone and have no place to break.</summary>
public sealed class LongAddressTests(ServiceFixture service, BrowserFixture browser)
{
    private static readonly string[] Pages = ["general", "members", "members/new", "developers", "usage", "audit"];

    [Fact]
    public async Task Settings_FitOnAPhone()
    {
        var workspace = await service.NewOwnedWorkspaceAsync();
        var domain = $"{new string('b', 60)}.{new string('c', 60)}.example.com";
        var (tabs, faults) = (new List<BrowserTab>(), new List<string>());
        foreach (var role in (string[])["owner", "member"])
        {
            var email = $"{role}{Guid.NewGuid():N}{new string('a', 26)}@{domain}";
            var invited = await workspace.Client.PostJsonAsync("/api/developer/members", $$"""{"email":"{{email}}","role":"{{role}}"}""");
            await invited.DataAsync(HttpStatusCode.Created);
            tabs.Add(await browser.OpenAsync(service.Application, email, Look.Phone));
        }

        var members = await service.Application.Service<MemberOperations>().ListAsync(workspace.WorkspaceId, CancellationToken.None);
        var pages = Pages.Concat(members.Select(member => $"members/{member.Id}")).Append($"members/{members[0].Id}/remove");
        foreach (var page in pages.ToList())
        {
            foreach (var tab in tabs)
            {
                await tab.Page.GotoAsync(Paths.Of(workspace.WorkspaceId, $"settings/{page}"));
                await tab.Page.Locator(".account summary").ClickAsync();
                faults.AddRange(from element in await tab.TooWideAsync() select $"{page} scrolls sideways because of {element}");
            }
        }

        Assert.True(faults is [], string.Join('\n', faults));
        foreach (var tab in tabs)
        {
            await tab.DisposeAsync();
        }
    }
}
