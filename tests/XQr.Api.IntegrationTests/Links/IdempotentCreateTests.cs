using System.Net;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Links;

/// <summary>Creations with a key, whose process dies at each of its calls to storage in turn: the retry gives the link, and there is one.</summary>
public sealed class IdempotentCreateTests(ServiceFixture service)
{
    private const string Destination = "https://example.com/";
    private const int MaxCalls = 12;

    private static readonly TimeSpan LeaseIsOver = TimeSpan.FromSeconds(16);
    private static readonly TimeSpan ClaimIsOld = TimeSpan.FromSeconds(31);

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task ProcessDiesAtAnyCall_RetryGivesTheOneLink(bool callIsExecuted, bool hasSlug) => await AtEachCallAsync(
        hasSlug,
        (faults, calls) => faults.DieAfter(calls, callIsExecuted),
        async (request, _) =>
        {
            request.Time.Advance(LeaseIsOver);
            return await request.SendAsync(request.Survivor);
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ProcessDiesAtAnyCall_SlugIsTakenForFree_RetryGivesTheOneLink(bool callIsExecuted) => await AtEachCallAsync(
        hasSlug: true,
        (faults, calls) => faults.DieAfter(calls, callIsExecuted),
        async (request, _) =>
        {
            // A visit to a slug whose claim is old and has no link releases the slug.
            request.Time.Advance(ClaimIsOld);
            await request.Survivor.VisitAsync(request.Slug);
            return await request.SendAsync(request.Survivor);
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RetryDiesToo_TheNextGivesTheOneLink(bool callIsExecuted) => await AtEachCallAsync(
        hasSlug: true,
        (faults, calls) => faults.DieAfter(calls, callIsExecuted),
        async (request, calls) =>
        {
            request.Time.Advance(ClaimIsOld);
            await request.Survivor.VisitAsync(request.Slug);
            await using var second = await service.StartAnotherAsync(services: request.Time.Register);
            using var client = second.NewClient(request.Key);
            await second.UseAsync(request.Key);
            second.Faults.DieAfter(calls + 2, callIsExecuted);
            await request.SendAsync(client);

            request.Time.Advance(LeaseIsOver);
            return await request.SendAsync(request.Survivor);
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OneCallIsLost_RetryAtOnceGivesTheOneLink(bool callIsExecuted) => await AtEachCallAsync(
        hasSlug: false,
        (faults, calls) => faults.LoseOneAfter(calls, callIsExecuted),
        async (request, calls) =>
        {
            // The first call writes the hour. A key whose write lost its response is released only at the end of its lease.
            request.Time.Advance(calls == 1 && callIsExecuted ? LeaseIsOver : TimeSpan.Zero);
            return await request.SendAsync(request.Dying);
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LinkIsChangedBeforeTheRetry_StaysChanged(bool callIsExecuted) => await AtEachCallAsync(
        hasSlug: false,
        (faults, calls) => faults.DieAfter(calls, callIsExecuted),
        async (request, _) =>
        {
            if (await request.Survivor.OnlyLinkAsync() is { } link)
            {
                await request.Survivor.PatchJsonAsync($"/api/v1/links/{link.Text("id")}", """{"url":"https://changed.example/"}""");
                request.Expected = "https://changed.example/";
            }

            request.Time.Advance(LeaseIsOver);
            return await request.SendAsync(request.Survivor);
        });

    private async Task AtEachCallAsync(
        bool hasSlug, Action<Testing.Storage.StorageFaults, int> arm, Func<Request, int, Task<HttpResponseMessage>> retry)
    {
        for (var calls = 0; ; calls++)
        {
            Assert.True(calls < MaxCalls, "The operation makes more calls than this test foresees.");
            var time = new OffsetTime();
            await using var dying = await service.StartAnotherAsync(services: time.Register);
            await using var survivor = await service.StartAnotherAsync(services: time.Register);
            var workspace = await survivor.NewWorkspaceAsync();
            var request = new Request(time, workspace.Key, dying.NewClient(workspace.Key), workspace.Client, hasSlug);

            // The key's check and the limits' leases come first: they are not what dies here.
            await dying.UseAsync(workspace.Key);
            arm(dying.Faults, calls);
            var first = await request.SendAsync(request.Dying);
            var died = dying.Faults.Happened;
            Assert.Equal(died ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.Created, first.StatusCode);
            if (!died)
            {
                dying.Faults.End();
            }

            var created = await (await retry(request, calls)).DataAsync(HttpStatusCode.Created);

            var link = await request.Survivor.OnlyLinkAsync();
            Assert.Equal(created.Text("id"), link!.Value.Text("id"));
            Assert.Equal(created.Text("short_code"), link.Value.Text("short_code"));
            Assert.Equal(request.Expected, link.Value.Text("destination"));
            Assert.Equal(request.Expected, (await request.Survivor.VisitAsync(created.Text("short_code"))).Header("Location"));
            var again = await request.SendAsync(request.Survivor);
            Assert.Equal("true", again.Header("Idempotent-Replayed"));
            Assert.Equal(created.GetRawText(), (await again.DataAsync(HttpStatusCode.Created)).GetRawText());
            if (!died)
            {
                Assert.True(calls > 3, "Nothing died: the test tests nothing.");
                return;
            }
        }
    }

    private sealed record Request(OffsetTime Time, string Key, HttpClient Dying, HttpClient Survivor, bool HasSlug)
    {
        public string Slug { get; } = $"crash-{Guid.NewGuid():N}";

        /// <summary>Gets or sets the expected destination of the link.</summary>
        public string Expected { get; set; } = Destination;

        public async Task<HttpResponseMessage> SendAsync(HttpClient client)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/links")
            {
                Content = Answers.Json(HasSlug ? $$"""{"url":"{{Destination}}","custom_slug":"{{Slug}}"}""" : $$"""{"url":"{{Destination}}"}"""),
            };
            request.Headers.Add("Idempotency-Key", "a");
            return await client.SendAsync(request);
        }
    }
}
