using System.Net;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Links;

/// <summary>The process dies at each of its calls to storage in turn; afterwards another instance must find everything in order.</summary>
public sealed class CrashTests(ServiceFixture service)
{
    private const string Before = "https://before.example/";
    private const string After = "https://after.example/";
    private const int MaxCalls = 12;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Create_ProcessDiesAtAnyCall_LinkIsThereOrItsSlugIsFree(bool callIsExecuted)
    {
        await AtEachCallAsync(callIsExecuted, async (dying, workspace, other) =>
        {
            var slug = NewSlug();
            await dying.PostJsonAsync("/api/v1/links", $$"""{"url":"{{Before}}","custom_slug":"{{slug}}"}""");

            return async () =>
            {
                var link = await other.OnlyLinkAsync();
                var visit = await other.VisitAsync(slug);
                if (link is null)
                {
                    Assert.Equal(HttpStatusCode.NotFound, visit.StatusCode);
                }
                else
                {
                    Assert.Equal(Before, visit.Header("Location"));
                }

                // Once the dead creation is old enough to be taken for dead, its slug is free; if it was finished, it is taken.
                workspace.Time.Advance(TimeSpan.FromMinutes(1));
                var again = await other.PostJsonAsync("/api/v1/links", $$"""{"url":"{{After}}","custom_slug":"{{slug}}"}""");
                Assert.Equal(link is null ? HttpStatusCode.Created : HttpStatusCode.Conflict, again.StatusCode);
                Assert.Equal(link is null ? After : Before, (await other.VisitAsync(slug)).Header("Location"));
                Assert.NotNull(await other.OnlyLinkAsync());
            };
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Update_ProcessDiesAtAnyCall_ApiAndRedirectAgree(bool callIsExecuted)
    {
        await AtEachCallAsync(callIsExecuted, async (dying, workspace, other) =>
        {
            var link = await other.NewLinkAsync($$"""{"url":"{{Before}}"}""");
            workspace.Arm();
            var answer = await dying.PatchJsonAsync($"/api/v1/links/{link.Text("id")}", $$"""{"url":"{{After}}"}""");

            return async () =>
            {
                var destination = (await other.LinkAsync(link.Text("id"))).Text("destination");
                Assert.True(answer.IsSuccessStatusCode ? destination == After : destination is Before or After);
                Assert.Equal(destination, (await other.VisitAsync(link.Text("short_code"))).Header("Location"));

                workspace.Time.Advance(TimeSpan.FromMinutes(1));
                Assert.Equal(destination, (await other.VisitAsync(link.Text("short_code"))).Header("Location"));
                var changed = await (await other.PatchJsonAsync($"/api/v1/links/{link.Text("id")}", """{"url":"https://third.example/"}"""))
                    .DataAsync();
                Assert.Equal("https://third.example/", changed.Text("destination"));
                Assert.Equal("https://third.example/", (await other.VisitAsync(link.Text("short_code"))).Header("Location"));
            };
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Delete_ProcessDiesAtAnyCall_LinkIsThereOrItsSlugIsFree(bool callIsExecuted)
    {
        await AtEachCallAsync(callIsExecuted, async (dying, workspace, other) =>
        {
            var slug = NewSlug();
            var link = await other.NewLinkAsync($$"""{"url":"{{Before}}","custom_slug":"{{slug}}"}""");
            workspace.Arm();
            await dying.DeleteAsync($"/api/v1/links/{link.Text("id")}");

            return async () =>
            {
                var exists = (await other.GetAsync($"/api/v1/links/{link.Text("id")}")).IsSuccessStatusCode;
                var visit = await other.VisitAsync(slug);
                Assert.Equal(exists ? Before : null, visit.Header("Location"));

                // At once, without waiting for the mark to grow old.
                var again = await other.PostJsonAsync("/api/v1/links", $$"""{"url":"{{After}}","custom_slug":"{{slug}}"}""");
                Assert.Equal(exists ? HttpStatusCode.Conflict : HttpStatusCode.Created, again.StatusCode);
            };
        });
    }

    /// <summary>
    /// Does something in an instance that dies at its first call, then in one that dies at its second, and so on, until one gets to
    /// the end alive.
    /// </summary>
    private async Task AtEachCallAsync(bool callIsExecuted, Func<HttpClient, Dying, HttpClient, Task<Func<Task>>> act)
    {
        for (var calls = 0; ; calls++)
        {
            Assert.True(calls < MaxCalls, "The operation makes more calls than this test foresees.");
            var time = new OffsetTime();
            await using var dying = await service.StartAnotherAsync(services: time.Register);
            await using var survivor = await service.StartAnotherAsync(services: time.Register);
            var workspace = await survivor.NewWorkspaceAsync();
            using var client = dying.NewClient(workspace.Key);

            // The key's check and the limits' leases come first: they are not what dies here.
            await dying.UseAsync(workspace.Key);
            var arm = new Dying(time, () => dying.Faults.DieAfter(calls, callIsExecuted));
            arm.Arm();
            var check = await act(client, arm, workspace.Client);
            var died = dying.Faults.Happened;
            await check();
            if (!died)
            {
                Assert.True(calls > 1, "Nothing died: the test tests nothing.");
                return;
            }
        }
    }

    private static string NewSlug() => $"crash-{Guid.NewGuid():N}";

    /// <summary>The clock, and the way to set the fault again once the arrangements are made.</summary>
    private sealed record Dying(OffsetTime Time, Action Arm);
}
