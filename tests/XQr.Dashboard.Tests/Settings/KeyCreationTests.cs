using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Dashboard.Pages;
using XQr.Testing;
using XQr.Testing.Secrets;

namespace XQr.Dashboard.Tests.Settings;

public sealed class KeyCreationTests(ServiceFixture service)
{
    [Fact]
    public async Task Key_ShownOnceAndAcceptedByTheApi()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;

        using var response = await owner.PostAsync($"{team.Keys}/new", Team.KeyFields());
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        var key = Assert.IsType<string>(Team.KeyIn(page));
        Assert.True(LogWatch.Shared.Contains(key));
        Assert.Contains($"{XQrApplication.PublicBaseUrl}/api/v1/links", page, StringComparison.Ordinal);
        using var links = await service.GetAsync(key, "/api/v1/links");
        Assert.Equal(HttpStatusCode.OK, links.StatusCode);

        var listed = Assert.Single(await team.ListKeysAsync());
        foreach (var path in (string[])[team.Keys, $"{team.Keys}/{listed.Id}", $"{team.Keys}/new"])
        {
            Assert.Null(Team.KeyIn(await owner.ReadAsync(path)));
        }
    }

    [Theory]
    [InlineData("read", "links:read qr:read analytics:read assets:read workspace:read")]
    [InlineData("links", "links:read links:write qr:render")]
    [InlineData("all", "*")]
    [InlineData("custom", "links:write assets:read")]
    public async Task Preset_ItsScopes(string preset, string expected)
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;

        using var created = await owner.PostAsync(
            $"{team.Keys}/new", ("name", "A"), ("preset", preset), ("scopes", "links:write"), ("scopes", "assets:read"));

        Assert.Equal(HttpStatusCode.OK, created.StatusCode);
        Assert.Equal(expected, string.Join(' ', Assert.Single(await team.ListKeysAsync()).Scopes));
    }

    [Fact]
    public void Scopes_EachOfAnEndpointCanBeChosen()
    {
        var required = service.Application.Service<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints)
            .Select(endpoint => endpoint.Metadata.GetMetadata<RequiredScope>()?.Scope).OfType<string>().Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(required, KeyScopes.Groups.SelectMany(group => group.Scopes).Select(scope => scope.Value).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("30", "", 30)]
    [InlineData("365", "", 365)]
    [InlineData("", "2099-12-31", null)]
    public async Task Expiry_InDaysOrNever(string expiry, string date, int? days)
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;

        var (key, _) = await team.NewKeyAsync(owner, ("expiry", expiry), ("expires_at", date));

        Assert.Equal(days, key.ExpiresAt is { } expiresAt ? (int)Math.Round((expiresAt - key.CreatedAt).TotalDays) : null);
    }

    [Fact]
    public async Task ExpiryOnADate_TheEndOfTheDay()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;

        var (key, _) = await team.NewKeyAsync(owner, ("expiry", "date"), ("expires_at", "2099-12-31"));

        Assert.Equal(DateTimeOffset.Parse("2099-12-31T23:59:59Z", CultureInfo.InvariantCulture), key.ExpiresAt);
    }

    [Theory]
    [InlineData("name", "", "field-name-error")]
    [InlineData("preset", "custom", "field-scopes-error")]
    [InlineData("expiry", "date", "field-expires_at-error")]
    [InlineData("expiry", "soon", "field-expires_at-error")]
    public async Task InvalidField_TheFormWithItsContentAndTheError(string field, string value, string error)
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        var fields = Team.KeyFields().Select(each => each.Name == field ? (field, value) : each.Name == "name" ? ("name", "My <b>") : each);

        var page = await owner.RefusedAsync(HttpStatusCode.BadRequest, $"{team.Keys}/new", fields);

        Assert.Contains($"id=\"{error}\"", page, StringComparison.Ordinal);
        Assert.Equal(field != "name", page.Contains("value=\"My &lt;b&gt;\"", StringComparison.Ordinal));
        Assert.Empty(await team.ListKeysAsync());
    }

    [Fact]
    public async Task LimitOfThePlan_SaidInTheListAndForTheForm()
    {
        var (team, owner) = await Team.NewAsync(service, Plan.Pro);
        using var _ = team;
        await team.NewKeyAsync(owner);
        Assert.Contains($"{team.Keys}/new", await owner.ReadAsync(team.Keys), StringComparison.Ordinal);
        await team.NewKeyAsync(owner);

        var list = await owner.ReadAsync(team.Keys);
        var form = await owner.RefusedAsync(HttpStatusCode.Forbidden, $"{team.Keys}/new", Team.KeyFields());

        Assert.Contains("(2 of 2)", list, StringComparison.Ordinal);
        // The search of the frame offers it on all pages, which do not read the keys.
        Assert.DoesNotContain($"{team.Keys}/new", list.Split("<main ")[1], StringComparison.Ordinal);
        Assert.Contains("no more than 2 API keys", form, StringComparison.Ordinal);
        Assert.Contains("value=\"Website\"", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlanWithoutApi_SaidInTheList()
    {
        var (team, owner) = await Team.NewAsync(service, Plan.Free);
        using var _ = team;

        var list = await owner.ReadAsync(team.Keys);

        Assert.Contains("does not include the API", list, StringComparison.Ordinal);
        Assert.DoesNotContain($"{team.Keys}/new", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Member_SeesKeysAndCreatesNone()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        var (key, _) = await team.NewKeyAsync(owner);
        var member = await team.JoinAsync(Role.Member);

        var list = await member.ReadAsync(team.Keys);
        var page = await member.ReadAsync($"{team.Keys}/{key.Id}");

        Assert.Contains(key.Prefix, list, StringComparison.Ordinal);
        Assert.Contains("Owners and admins", list, StringComparison.Ordinal);
        Assert.DoesNotContain($"{team.Keys}/new", list, StringComparison.Ordinal);
        Assert.DoesNotContain($"action=\"{team.Keys}", page, StringComparison.Ordinal);
        await member.ReadAsync($"{team.Keys}/new", HttpStatusCode.Forbidden);
        await member.RefusedAsync(HttpStatusCode.Forbidden, $"{team.Keys}/new", Team.KeyFields());
        Assert.Single(await team.ListKeysAsync());
    }

    [Fact]
    public async Task Audit_TheMemberCreatedTheKey()
    {
        var (team, _) = await Team.NewAsync(service);
        using var disposed = team;
        var admin = await team.JoinAsync(Role.Admin);

        var (key, _) = await team.NewKeyAsync(admin);

        var entry = (await team.ListAuditAsync())[0];
        Assert.Equal((AuditActions.KeyCreated, key.Id), (entry.Action, entry.Target.Id));
        Assert.StartsWith("admin-", entry.Actor.Email, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_EncodedOnEveryPage()
    {
        const string Name = "<script>alert(1)</script>\"'&";
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;

        using var created = await owner.PostAsync($"{team.Keys}/new", ("name", Name), ("preset", "all"));
        var key = Assert.Single(await team.ListKeysAsync());

        Assert.Equal(Name, key.Name);
        foreach (var page in (string[])
            [await created.Content.ReadAsStringAsync(), await owner.ReadAsync(team.Keys), await owner.ReadAsync($"{team.Keys}/{key.Id}")])
        {
            Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;alert", page, StringComparison.Ordinal);
        }
    }
}
