using System.Net;
using System.Text.RegularExpressions;
using XQr.Api.Developers;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Settings;

/// <summary>A workspace of a test with the browsers of its members, and what they read from pages.</summary>
internal sealed partial class Team(ServiceFixture service, string workspaceId) : IDisposable
{
    private readonly List<DashboardClient> browsers = [];

    public string WorkspaceId => workspaceId;

    public string Keys => $"/dashboard/{workspaceId}/settings/developers";

    public string Members => $"/dashboard/{workspaceId}/settings/members";

    /// <summary>Creates a workspace with the browser of its owner.</summary>
    public static async Task<(Team Team, DashboardClient Owner)> NewAsync(ServiceFixture service, Plan plan = Plan.Enterprise)
    {
        var owner = await service.NewOwnedWorkspaceAsync(plan);
        owner.Client.Dispose();
        var team = new Team(service, owner.WorkspaceId);
        return (team, await team.SignInAsync(owner.Email));
    }

    /// <summary>Adds a member who has signed in.</summary>
    public async Task<DashboardClient> JoinAsync(Role role)
    {
        var browser = await SignInAsync((await InviteAsync(role)).Email);
        using var page = await browser.GetAsync(Members);
        return browser;
    }

    /// <summary>Invites a person.</summary>
    public async Task<Member> InviteAsync(Role role, string? name = null)
    {
        var invited = await service.Application.Service<MemberChangeStore>().InviteAsync(
            Principal.Operator(workspaceId), $"{role.Name()}-{Guid.NewGuid():N}@example.com", name, role, CancellationToken.None);
        return invited.Member!;
    }

    /// <summary>Creates a key in the dashboard.</summary>
    public async Task<(ListedKey Key, string Text)> NewKeyAsync(DashboardClient browser, params (string Name, string Value)[] fields)
    {
        var others = KeyFields().ExceptBy(fields.Select(field => field.Name), field => field.Name);
        using var response = await browser.PostAsync($"{Keys}/new", others.Concat(fields));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return ((await ListKeysAsync())[0], KeyIn(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>Returns the fields of a form that creates a key, each time another form.</summary>
    public static (string Name, string Value)[] KeyFields() =>
        [("name", "Website"), ("preset", "links"), ("expiry", ""), ("expires_at", ""), ("creation", Guid.NewGuid().ToString("N"))];

    public async Task<IReadOnlyList<ListedKey>> ListKeysAsync() =>
        (await service.Application.Service<KeyOperations>().ListAsync(workspaceId, new Page(), CancellationToken.None)).Keys;

    public Task<IReadOnlyList<Member>> ListMembersAsync() =>
        service.Application.Service<MemberOperations>().ListAsync(workspaceId, CancellationToken.None);

    public async Task<IReadOnlyList<AuditEntry>> ListAuditAsync() =>
        (await service.Application.Service<AuditStore>().ListAsync(workspaceId, new Page(), CancellationToken.None)).Entries;

    /// <summary>Returns the key in a page; null if there is none.</summary>
    public static string? KeyIn(string page) => KeyText().Match(page) is { Success: true, Value: var key } ? key : null;

    /// <summary>Returns the value of a hidden field in the form with an action.</summary>
    public static string HiddenIn(string page, string action, string name)
    {
        var form = page[page.IndexOf($"action=\"{action}\"", StringComparison.Ordinal)..];
        var field = Regex.Match(form, $"name=\"{name}\" value=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1));
        return WebUtility.HtmlDecode(field.Groups[1].Value);
    }

    public void Dispose() => browsers.ForEach(browser => browser.Dispose());

    private async Task<DashboardClient> SignInAsync(string email)
    {
        var browser = await DashboardClient.SignInAsync(service.Application, email);
        browsers.Add(browser);
        return browser;
    }

    [GeneratedRegex(@"xqr_pk_[0-9a-f]{8}\.[\w-]{64}")]
    private static partial Regex KeyText();
}
