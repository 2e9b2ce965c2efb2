using System.Net;
using Azure.Core.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using XQr.Testing;
using XQr.Testing.Storage;

namespace XQr.Dashboard.Tests.Settings;

/// <summary>The form of a key that is sent twice, by a reload or by a double click in a browser without scripts.</summary>
public sealed class SentAgainTests(ServiceFixture service)
{
    [Fact]
    public async Task FormSentAgain_NoOtherKeyAndNoSecret_ButANewOneByOneClick()
    {
        var (team, owner) = await Team.NewAsync(service);
        using var _ = team;
        var creation = Team.HiddenIn(await owner.ReadAsync($"{team.Keys}/new"), $"{team.Keys}/new", "creation");
        (string, string)[] form = [("name", "Website"), ("preset", "read"), ("expiry", "30"), ("expires_at", ""), ("creation", creation)];

        var responses = await Task.WhenAll(owner.PostAsync($"{team.Keys}/new", form), owner.PostAsync($"{team.Keys}/new", form));

        var first = Assert.Single(responses, response => response.StatusCode == HttpStatusCode.OK);
        Assert.NotNull(Team.KeyIn(await first.Content.ReadAsStringAsync()));
        var again = Assert.Single(responses, response => response.StatusCode == HttpStatusCode.SeeOther);
        var key = Assert.Single(await team.ListKeysAsync());
        Assert.Equal($"{team.Keys}/{key.Id}?done=sent-again", again.Headers.Location!.OriginalString);
        await AssertReplacedAsync(team, owner, again.Headers.Location.OriginalString);
        Assert.DoesNotContain("sent twice", await owner.ReadAsync($"{team.Keys}/{key.Id}?done=sent-again"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BrowserThatLeaves_TheFormIsCarriedOut()
    {
        var (hook, left) = (new StorageHook("Idempotency"), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var instance = await service.StartAnotherAsync(services: services => services
            .AddSingleton<HttpPipelinePolicy>(hook).AddSingleton<IStartupFilter>(new Departures(left)));
        var workspace = await service.NewOwnedWorkspaceAsync();
        using var team = new Team(service, workspace.WorkspaceId);
        using var owner = await DashboardClient.SignInAsync(instance, workspace.Email);
        var form = Team.KeyFields();
        using var click = new CancellationTokenSource();
        hook.AfterNextWrite(async () =>
        {
            await click.CancelAsync();
            await left.Task;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => owner.PostAsync($"{team.Keys}/new", click.Token, form));
        var location = await owner.AcceptedAsync($"{team.Keys}/new", form);

        Assert.EndsWith("?done=sent-again", location, StringComparison.Ordinal);
        await AssertReplacedAsync(team, owner, location);
    }

    /// <summary>Follows the offer on the page of a key whose form was sent again: one click, and one key that works.</summary>
    private async Task AssertReplacedAsync(Team team, DashboardClient owner, string location)
    {
        var page = await owner.ReadAsync(location);
        Assert.Contains("sent twice", page, StringComparison.Ordinal);
        Assert.Null(Team.KeyIn(page));
        var action = $"{location.Split('?')[0]}/rotate";
        (string, string)[] form = [.. ((string[])["creation", "overlap_seconds"]).Select(name => (name, Team.HiddenIn(page, action, name)))];
        Assert.Contains(("overlap_seconds", "0"), form);

        using var response = await owner.PostAsync(action, form);

        var key = Assert.IsType<string>(Team.KeyIn(await response.Content.ReadAsStringAsync()));
        Assert.Single(await team.ListKeysAsync(), each => each.RevokedAt is null);
        using var links = await service.GetAsync(key, "/api/v1/links");
        Assert.Equal(HttpStatusCode.OK, links.StatusCode);
    }

    /// <summary>Tells when the server has noticed that a browser has left.</summary>
    private sealed class Departures(TaskCompletionSource left) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.RequestAborted.Register(() => left.TrySetResult());
                return following(context);
            });
            next(app);
        };
    }
}
