using System.Net;
using XQr.Dashboard.Tests.Settings;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Welcome;

public sealed class WelcomeTests(ServiceFixture service)
{
    private const string Start = "/dashboard";
    private const string New = "/dashboard/new";

    [Fact]
    public async Task Visitor_IsAskedToSignIn()
    {
        await using var configured = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Auth:ClientId"] = "client" });
        await using var unconfigured = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Auth:Authority"] = "" });
        using var visitor = new DashboardClient(configured);
        using var other = new DashboardClient(unconfigured);

        Assert.Contains("href=\"/dashboard/sign-in\"", await visitor.ReadAsync(Start), StringComparison.Ordinal);
        var notice = await other.ReadAsync(Start);
        Assert.DoesNotContain("href=\"/dashboard/sign-in\"", notice, StringComparison.Ordinal);
        Assert.Contains("<code>Xqr:Auth:Authority</code>", notice, StringComparison.Ordinal);
        Assert.Contains("<code>https://xqr.test/dashboard/sign-in/callback</code>", notice, StringComparison.Ordinal);
        Assert.Contains("href=\"/docs\"", notice, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/dashboard/workspaces")).StatusCode);
    }

    [Fact]
    public async Task OnlyWorkspace_IsOpened_AndListedOnRequest()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;

        using var response = await owner.GetAsync(Start);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(Paths.Of(team.WorkspaceId), response.Headers.Location!.OriginalString);
        var list = await owner.ReadAsync("/dashboard/workspaces");
        Assert.Contains($"href=\"{Paths.Of(team.WorkspaceId)}\"", list, StringComparison.Ordinal);
        Assert.DoesNotContain(New, list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeveralWorkspaces_AreShownWithRoleAndPlan()
    {
        await using var instance = await StartOpenAsync();
        using var person = await DashboardClient.SignInAsync(instance, NewEmail());
        var first = await person.AcceptedAsync(New, ("name", "First <b>"), ("description", ""));
        var second = await person.AcceptedAsync(New, ("name", "Second"), ("description", "For posters"));

        var page = await person.ReadAsync(Start);

        Assert.Contains("First &lt;b&gt;", page, StringComparison.Ordinal);
        foreach (var home in (string[])[first, second])
        {
            Assert.Contains($"href=\"{home.Split('?')[0]}\"", page, StringComparison.Ordinal);
        }

        Assert.Contains("Owner", page, StringComparison.Ordinal);
        Assert.Contains("Free", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoWorkspace_TellsWhomToAsk()
    {
        var email = NewEmail();
        using var person = await DashboardClient.SignInAsync(service.Application, email);

        var page = await person.ReadAsync(Start);

        Assert.Contains($"invite {email}", page, StringComparison.Ordinal);
        Assert.DoesNotContain(New, page, StringComparison.Ordinal);
        await person.ReadAsync(New, HttpStatusCode.Forbidden);
        await person.RefusedAsync(HttpStatusCode.Forbidden, New, ("name", "Mine"));
    }

    [Fact]
    public async Task Created_OpensTheWorkspaceOfTheOwner()
    {
        await using var instance = await StartOpenAsync();
        using var person = await DashboardClient.SignInAsync(instance, NewEmail());

        var home = await person.AcceptedAsync(New, ("name", "Mine"), ("description", ""));

        Assert.Contains("The workspace is ready.", await person.ReadAsync(home), StringComparison.Ordinal);
        var again = await person.RefusedAsync(HttpStatusCode.BadRequest, New, ("name", new string('n', 101)), ("description", "kept"));
        Assert.Contains("id=\"field-name-error\"", again, StringComparison.Ordinal);
        Assert.Contains("kept", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FormSentTwice_CreatesOneWorkspace()
    {
        await using var instance = await StartOpenAsync();
        using var person = await DashboardClient.SignInAsync(instance, NewEmail());
        (string Name, string Value)[] form = [("name", "Mine"), ("description", ""), ("creation", Guid.NewGuid().ToString("N"))];

        var homes = await Task.WhenAll(person.AcceptedAsync(New, form), person.AcceptedAsync(New, form));

        Assert.Equal(homes[0], homes[1]);
        Assert.Equal(HttpStatusCode.Redirect, (await person.GetAsync(Start)).StatusCode);
    }

    private Task<XQrApplication> StartOpenAsync() =>
        service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:Auth:AllowWorkspaceCreation"] = "true" });

    private static string NewEmail() => $"person-{Guid.NewGuid():N}@example.com";
}
