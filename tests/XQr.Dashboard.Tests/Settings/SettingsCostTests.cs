using System.Net;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Settings;

/// <summary>Counts the storage transactions of the pages of keys and members. The session and the membership are cached.</summary>
public sealed class SettingsCostTests(ServiceFixture service)
{
    [Fact]
    public async Task Pages_HaveTheirCosts()
    {
        await using var instance = await service.StartAnotherAsync(services: StillTime.AtPresent().Register);
        var owner = await service.NewOwnedWorkspaceAsync(Plan.Business);
        using var browser = await DashboardClient.SignInAsync(instance, owner.Email);
        var keys = $"/dashboard/{owner.WorkspaceId}/settings/developers";
        var members = $"/dashboard/{owner.WorkspaceId}/settings/members";
        await browser.ReadAsync(keys);

        // The list reads the keys and the calls of the month, and each shown key has its last use in another row.
        Assert.Equal(2, await CostAsync(() => browser.ReadAsync(keys)));
        await service.Application.NewKeyAsync(owner.WorkspaceId);
        Assert.Equal(2 + 1, await CostAsync(() => browser.ReadAsync(keys)));
        Assert.Equal(0, await CostAsync(() => browser.ReadAsync($"{keys}/new")));
        Assert.Equal(1, await CostAsync(() => browser.ReadAsync(members)));
        Assert.Equal(0, await CostAsync(() => browser.ReadAsync($"{members}/new")));

        // A creation takes four, and two keep the form from creating another: three for the first form of a workspace in an hour.
        Assert.Equal(4 + 3, await CostAsync(() => browser.PostAsync($"{keys}/new", Team.KeyFields())));

        // A member also reads who may change keys and settings.
        using var member = await JoinAsync(instance, owner.WorkspaceId);
        await member.ReadAsync(members);
        Assert.Equal(2 + 2 + 1, await CostAsync(() => member.ReadAsync(keys)));
        Assert.Equal(1 + 1, await CostAsync(() => member.ReadAsync(Paths.Of(owner.WorkspaceId, "settings/general"))));
        Assert.Equal(1, await CostAsync(() => member.ReadAsync(members)));
        Assert.Equal(1, await CostAsync(() => member.ReadAsync($"{keys}/new", HttpStatusCode.Forbidden)));

        async Task<int> CostAsync(Func<Task> action) => (await instance.Calls.DuringAsync(action)).Length;
    }

    private async Task<DashboardClient> JoinAsync(XQrApplication instance, string workspaceId)
    {
        using var team = new Team(service, workspaceId);
        return await DashboardClient.SignInAsync(instance, (await team.InviteAsync(Role.Member)).Email);
    }
}
