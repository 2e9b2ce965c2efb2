using System.Globalization;
using System.Net;
using XQr.Api.Tenancy;
using XQr.Dashboard.Tests.Settings;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Home;

public sealed class HomeTests(ServiceFixture service)
{
    [Fact]
    public async Task NewWorkspace_HasTheFormAndTheFirstSteps()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        var home = Paths.Of(team.WorkspaceId);

        var page = await owner.ReadAsync(home);

        Assert.Contains($"action=\"{home}/links\"", page, StringComparison.Ordinal);
        Assert.Contains("0 of 5 done", page, StringComparison.Ordinal);
        Assert.Contains("Your links appear here", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"stats\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_AreDoneOneAfterAnother_AndThenGone()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        var home = Paths.Of(team.WorkspaceId);
        using var api = service.Application.NewClient(await service.Application.NewKeyAsync(team.WorkspaceId));

        var link = await api.NewLinkAsync();
        var page = await owner.ReadAsync(home);
        Assert.Contains("2 of 5 done", page, StringComparison.Ordinal);
        Assert.Contains($"/links/{link.Text("id")}\"", page, StringComparison.Ordinal);

        await api.GetByteArrayAsync($"/api/v1/links/{link.Text("id")}/qr");
        await service.Client.VisitAsync($"/{link.Text("short_code")}");
        await Eventually.TrueAsync(async () => (await owner.ReadAsync(home)).Contains("4 of 5 done", StringComparison.Ordinal), "The scan counts.");

        await team.InviteAsync(Role.Member);
        Assert.Contains("4 of 5 done", await owner.ReadAsync(home), StringComparison.Ordinal);
        await owner.AcceptedAsync($"{team.Members}/new", ("email", "ada@example.com"), ("name", ""), ("role", "member"));
        page = await owner.ReadAsync(home);
        Assert.DoesNotContain("First steps", page, StringComparison.Ordinal);
        Assert.Contains("<data class=\"value\" value=\"1\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Member_IsNotAskedToInviteOrToCreateKeys()
    {
        var (team, _) = await Team.NewAsync(service);
        using var _1 = team;
        var member = await team.JoinAsync(Role.Member);

        var page = await member.ReadAsync(Paths.Of(team.WorkspaceId));

        Assert.Contains("0 of 3 done", page, StringComparison.Ordinal);
        Assert.DoesNotContain("settings/members/new", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LinksThatExpireSoonAndLimitsThatAreNear_NeedAttention()
    {
        await using var instance = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Plans:Free:LinksPerMonth"] = "5" });
        var workspace = await service.NewOwnedWorkspaceAsync(Plan.Free);
        using var owner = await DashboardClient.SignInAsync(instance, workspace.Email);
        var home = Paths.Of(workspace.WorkspaceId);
        var soon = DateTimeOffset.UtcNow.AddDays(3);
        for (var i = 0; i < 3; i++)
        {
            await owner.AcceptedAsync($"{home}/links", ("url", $"https://example.com/{i}"), ("custom_slug", ""), ("creation", $"{i}"));
        }

        var slug = $"s{Guid.NewGuid():N}"[..12];
        var end = soon.UtcDateTime.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
        await owner.AcceptedAsync($"{home}/links/new", ("url", "https://example.com/x"), ("custom_slug", slug), ("expires_at", end));

        var page = await owner.ReadAsync(home);

        var attention = page[page.IndexOf("id=\"attention\"", StringComparison.Ordinal)..];
        Assert.Contains("4 of 5 used", attention, StringComparison.Ordinal);
        Assert.Contains(slug, attention, StringComparison.Ordinal);
        Assert.Contains($"{end}:00Z", attention, StringComparison.Ordinal);
    }

    /// <summary>The first page of a warm session takes six storage calls, in the first month and later.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public async Task StorageCalls_AreSix(int ageInDays)
    {
        var time = StillTime.AtPresent();
        time.Advance(TimeSpan.FromDays(ageInDays));
        var owner = await service.NewOwnedWorkspaceAsync();
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        using var browser = await DashboardClient.SignInAsync(instance, owner.Email);
        var home = Paths.Of(owner.WorkspaceId);
        await browser.ReadAsync(home);

        var calls = await instance.Calls.DuringAsync(() => browser.ReadAsync(home));

        Assert.Equal(6, calls.Length);
    }

    [Fact]
    public async Task OtherPersons_FindNoWorkspace()
    {
        var (team, _) = await Team.NewAsync(service);
        using var _1 = team;
        using var stranger = await DashboardClient.SignInAsync(service.Application, $"stranger-{Guid.NewGuid():N}@example.com");

        await stranger.ReadAsync(Paths.Of(team.WorkspaceId), HttpStatusCode.NotFound);
    }
}
