using System.Globalization;
using System.Net;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Settings;

public sealed class WorkspacePageTests(ServiceFixture service)
{
    [Fact]
    public async Task General_IsChangedAndShownAtOnce()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        var path = Of(team, "general");
        using var redirect = await owner.GetAsync(Of(team, ""));
        Assert.Equal(path, redirect.Headers.Location?.OriginalString);

        var next = await owner.AcceptedAsync(path, ("name", "Acme <&>"), ("description", "Posters"), ("version", await VersionAsync(owner, path)));

        var page = await owner.ReadAsync(next);
        Assert.Contains("The changes are saved.", page, StringComparison.Ordinal);
        Assert.Contains("<strong class=\"who truncate\">Acme &lt;&amp;&gt;</strong>", page, StringComparison.Ordinal);
        Assert.Contains("Posters</textarea>", page, StringComparison.Ordinal);
        Assert.Contains(team.WorkspaceId, page, StringComparison.Ordinal);
        Assert.Equal(AuditActions.WorkspaceChanged, (await team.ListAuditAsync())[0].Action);
    }

    [Fact]
    public async Task General_RefusedForms_KeepTheirContent()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        var path = Of(team, "general");
        var version = await VersionAsync(owner, path);

        var invalid = await owner.RefusedAsync(
            HttpStatusCode.BadRequest, path, ("name", ""), ("description", new string('d', 501)), ("version", version));
        Assert.Contains("id=\"field-name-error\"", invalid, StringComparison.Ordinal);
        Assert.Contains("id=\"field-description-error\"", invalid, StringComparison.Ordinal);
        Assert.Contains(new string('d', 501), invalid, StringComparison.Ordinal);

        await owner.AcceptedAsync(path, ("name", "First"), ("description", ""), ("version", version));
        var stale = await owner.RefusedAsync(
            HttpStatusCode.PreconditionFailed, path, ("name", "Second"), ("description", ""), ("version", version));
        Assert.Contains("Someone changed the workspace", stale, StringComparison.Ordinal);
        Assert.Contains("value=\"Second\"", stale, StringComparison.Ordinal);

        // The form has the new version, so that the person can send it again.
        await owner.AcceptedAsync(path, ("name", "Second"), ("description", ""), ("version", Team.HiddenIn(stale, path, "version")));
    }

    [Fact]
    public async Task Member_ReadsTheSettingsOnly()
    {
        var (team, _) = await Team.NewAsync(service);
        using var _1 = team;
        var member = await team.JoinAsync(Role.Member);

        var page = await member.ReadAsync(Of(team, "general"));

        Assert.Contains("Owners and admins can change them.", page, StringComparison.Ordinal);
        Assert.Matches("<input[^>]* name=\"name\"[^>]* readonly", page);
        Assert.DoesNotContain(">Save<", page, StringComparison.Ordinal);
        await member.RefusedAsync(HttpStatusCode.Forbidden, Of(team, "general"), ("name", "Mine"), ("description", ""));
        await member.ReadAsync(Of(team, "usage"));
        await member.ReadAsync(Of(team, "audit"));
    }

    [Fact]
    public async Task Usage_ShowsUsedAndAllowed()
    {
        var (team, owner) = await Team.NewAsync(service, Plan.Free);
        using var _ = team;
        await owner.AcceptedAsync(
            $"{Paths.Of(team.WorkspaceId)}/links", ("url", "https://example.com"), ("custom_slug", ""), ("creation", Guid.NewGuid().ToString("N")));

        var page = await owner.ReadAsync(Of(team, "usage"));

        Assert.Contains("<progress max=\"50\" value=\"1\" aria-label=\"Links created this month\">", page, StringComparison.Ordinal);
        Assert.Contains("Plan Free", page, StringComparison.Ordinal);
        Assert.Contains("Not included", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">Included<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_TellsChangesAndFindsThem()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        await owner.ReadAsync(Of(team, "general"));
        await service.Application.Service<WorkspaceStore>().SetPlanAsync(team.WorkspaceId, Plan.Pro, CancellationToken.None);
        var invited = await team.InviteAsync(Role.Admin);
        await owner.AcceptedAsync($"{Of(team, "members")}/{invited.Id}", ("name", "Eve"), ("role", "member"), ("version", "*"));

        var all = await owner.ReadAsync(Of(team, "audit"));
        var plan = await owner.ReadAsync($"{Of(team, "audit")}?action=plan&actor=&from_date=&to_date=");
        var operators = await owner.ReadAsync($"{Of(team, "audit")}?actor=OPERATOR&limit=1&offset=1");
        var none = await owner.ReadAsync($"{Of(team, "audit")}?actor=nobody");

        Assert.Contains("An operator of this service changed the plan from enterprise to pro.", all, StringComparison.Ordinal);
        Assert.Contains($"changed the role of {invited.Email} from admin to member.", all, StringComparison.Ordinal);
        Assert.Contains("joined the workspace.", all, StringComparison.Ordinal);
        Assert.Contains("changed the plan", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("joined", plan, StringComparison.Ordinal);
        Assert.Contains("actor=OPERATOR&amp;limit=1&amp;offset=0", operators, StringComparison.Ordinal);
        Assert.Contains("Nothing found", none, StringComparison.Ordinal);
        Assert.DoesNotContain("Search older entries", none, StringComparison.Ordinal);
        var today = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Contains("joined", await owner.ReadAsync($"{Of(team, "audit")}?to_date=2999-12-31"), StringComparison.Ordinal);
        Assert.Contains("Nothing found", await owner.ReadAsync($"{Of(team, "audit")}?to_date=2020-01-01"), StringComparison.Ordinal);
        await owner.ReadAsync($"{Of(team, "audit")}?limit=0", HttpStatusCode.BadRequest);
        var wrong = await owner.ReadAsync($"{Of(team, "audit")}?actor=ada&from_date={today}&to_date=2020-01-01", HttpStatusCode.BadRequest);
        Assert.Contains("from_date must not be after to_date.", wrong, StringComparison.Ordinal);
        Assert.Contains("value=\"ada\"", wrong, StringComparison.Ordinal);
    }

    /// <summary>Each action that the service logs has a sentence of its own.</summary>
    [Fact]
    public void EveryAction_HasASentence()
    {
        var actions = typeof(AuditActions).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        var details = new Dictionary<string, string> { ["role"] = "admin" };

        Assert.All(actions, action => Assert.DoesNotContain(
            action,
            XQr.Dashboard.Settings.AuditSentences.Of(new(Actor.Operator, action, new("id", "name"), details)).Sentence,
            StringComparison.Ordinal));
    }

    private static string Of(Team team, string page) => Paths.Of(team.WorkspaceId, page.Length == 0 ? "settings" : $"settings/{page}");

    private static async Task<string> VersionAsync(DashboardClient browser, string path) =>
        Team.HiddenIn(await browser.ReadAsync(path), path, "version");
}
