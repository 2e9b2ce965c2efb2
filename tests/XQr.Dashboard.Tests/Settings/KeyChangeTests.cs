using System.Net;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Settings;

public sealed class KeyChangeTests(ServiceFixture service)
{
    [Fact]
    public async Task Rename_TheNewNameAndANotice()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        var path = await NewKeyAsync(team, owner);
        var version = Team.HiddenIn(await owner.ReadAsync(path), $"{path}/rename", "version");

        var location = await owner.AcceptedAsync($"{path}/rename", ("name", "Shop"), ("version", version));

        Assert.Equal($"{path}?done=renamed", location);
        Assert.Contains("<h1>Shop</h1>", await owner.ReadAsync(location), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RenameOfAChangedKey_BothNamesAndTheNewVersion()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        var path = await NewKeyAsync(team, owner);
        var version = Team.HiddenIn(await owner.ReadAsync(path), $"{path}/rename", "version");
        await owner.AcceptedAsync($"{path}/rename", ("name", "Theirs"), ("version", version));

        var page = await owner.RefusedAsync(HttpStatusCode.PreconditionFailed, $"{path}/rename", ("name", "Mine"), ("version", version));

        Assert.Contains("<h1>Theirs</h1>", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Mine\"", page, StringComparison.Ordinal);
        await owner.AcceptedAsync($"{path}/rename", ("name", "Mine"), ("version", Team.HiddenIn(page, $"{path}/rename", "version")));
    }

    [Fact]
    public async Task RenameToNothing_TheErrorAtTheField()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        var path = await NewKeyAsync(team, owner);

        var page = await owner.RefusedAsync(HttpStatusCode.BadRequest, $"{path}/rename", ("name", ""));

        Assert.Contains("id=\"field-name-error\"", page, StringComparison.Ordinal);
        Assert.Contains("<h1>Website</h1>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotate_ANewKeyOnceAndTheOldOneUntilTheOverlapEnds()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        var (old, oldText) = await team.NewKeyAsync(owner);
        var path = $"{team.Keys}/{old.Id}";
        var creation = Team.HiddenIn(await owner.ReadAsync(path), $"{path}/rotate", "creation");
        (string, string)[] form = [("overlap_seconds", "86400"), ("creation", creation)];

        using var rotated = await owner.PostAsync($"{path}/rotate", form);
        var location = await owner.AcceptedAsync($"{path}/rotate", form);

        var text = Team.KeyIn(await rotated.Content.ReadAsStringAsync());
        Assert.NotEqual(oldText, text);
        var keys = await team.ListKeysAsync();
        Assert.Equal(2, keys.Count);
        Assert.Equal($"{team.Keys}/{keys[0].Id}?done=sent-again", location);
        foreach (var each in (string[])[oldText, text!])
        {
            using var links = await service.GetAsync(each, "/api/v1/links");
            Assert.Equal(HttpStatusCode.OK, links.StatusCode);
        }

        Assert.Contains("Works until", await owner.ReadAsync(team.Keys), StringComparison.Ordinal);
        Assert.DoesNotContain("/rotate\"", await owner.ReadAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RotateARevokedKey_TheErrorOnItsPage()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        var path = await NewKeyAsync(team, owner);
        await owner.AcceptedAsync($"{path}/revoke", ("prefix", (await team.ListKeysAsync())[0].Prefix));

        var page = await owner.RefusedAsync(HttpStatusCode.Conflict, $"{path}/rotate", ("overlap_seconds", "0"));

        Assert.Contains("create another key", page, StringComparison.Ordinal);
        Assert.Null(Team.KeyIn(page));
        Assert.Single(await team.ListKeysAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000")]
    [InlineData("Website")]
    public async Task RevokeWithAnotherPrefix_TheKeyStays(string prefix)
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        var path = await NewKeyAsync(team, owner);

        var page = await owner.RefusedAsync(HttpStatusCode.BadRequest, $"{path}/revoke", ("prefix", prefix));

        Assert.Contains("id=\"field-prefix-error\"", page, StringComparison.Ordinal);
        Assert.Null(Assert.Single(await team.ListKeysAsync()).RevokedAt);
    }

    [Fact]
    public async Task RevokeWithAnotherWholeKey_NotShownAgain()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        var (_, other) = await team.NewKeyAsync(owner);
        var path = await NewKeyAsync(team, owner);

        Assert.Null(Team.KeyIn(await owner.RefusedAsync(HttpStatusCode.BadRequest, $"{path}/revoke", ("prefix", other))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("xqr_pk_")]
    public async Task RevokeWithThePrefix_TheKeyIsRevoked(string before)
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        var (key, _) = await team.NewKeyAsync(owner);

        var location = await owner.AcceptedAsync($"{team.Keys}/{key.Id}/revoke", ("prefix", $" {before}{key.Prefix} "));

        Assert.Equal($"{team.Keys}?done=revoked", location);
        Assert.NotNull(Assert.Single(await team.ListKeysAsync()).RevokedAt);
        Assert.Contains("It stays in the list", await owner.ReadAsync(location), StringComparison.Ordinal);
        Assert.Equal(AuditActions.KeyRevoked, (await team.ListAuditAsync())[0].Action);
    }

    [Theory]
    [InlineData("rename")]
    [InlineData("rotate")]
    [InlineData("revoke")]
    public async Task Change_ForbiddenToMembersAndUnknownToOtherWorkspaces(string action)
    {
        var (team, owner) = await Team.NewAsync(service);
        var (foreign, stranger) = await Team.NewAsync(service);
        using var _ = team;
        using var disposed = foreign;
        var (key, _) = await team.NewKeyAsync(owner);
        var member = await team.JoinAsync(Role.Member);
        (string, string)[] form = [("name", "Taken"), ("prefix", key.Prefix), ("overlap_seconds", "0")];

        await member.RefusedAsync(HttpStatusCode.Forbidden, $"{team.Keys}/{key.Id}/{action}", form);
        await stranger.RefusedAsync(HttpStatusCode.NotFound, $"{team.Keys}/{key.Id}/{action}", form);
        await stranger.RefusedAsync(HttpStatusCode.NotFound, $"{foreign.Keys}/{key.Id}/{action}", form);
        await stranger.ReadAsync($"{foreign.Keys}/{key.Id}", HttpStatusCode.NotFound);

        var unchanged = Assert.Single(await team.ListKeysAsync());
        Assert.Equal((key.Name, null), (unchanged.Name, unchanged.RevokedAt));
    }

    private static async Task<string> NewKeyAsync(Team team, DashboardClient browser) =>
        $"{team.Keys}/{(await team.NewKeyAsync(browser)).Key.Id}";
}
