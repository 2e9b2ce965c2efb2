using System.Net;
using System.Text.Json;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>The header <c>Idempotency-Key</c>, as clients meet it.</summary>
public sealed class IdempotencyTests(ServiceFixture service)
{
    private const string Links = "/api/v1/links";
    private const string Body = """{"url":"https://example.com/"}""";

    [Fact]
    public async Task SameRequestAgain_FirstAnswerByteForByte()
    {
        var workspace = await service.NewWorkspaceAsync();

        var first = await SendAsync(workspace.Client, "a", """{"url":"https://example.com/ä","labels":["ü"]}""");
        var again = await SendAsync(workspace.Client, "a", """{"url":"https://example.com/ä","labels":["ü"]}""");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await again.Content.ReadAsByteArrayAsync());
        foreach (var header in (string[])["Location", "Content-Type", "Content-Length", "X-Request-Id", "X-Content-Type-Options"])
        {
            Assert.NotNull(first.Header(header));
            Assert.Equal(first.Header(header), again.Header(header));
        }

        Assert.Null(first.Header("Idempotent-Replayed"));
        Assert.Equal("true", again.Header("Idempotent-Replayed"));
        Assert.Equal(1, await CountAsync(workspace.Client));
    }

    [Fact]
    public async Task Replay_TellsTheLimitsOfNow()
    {
        // Both requests are in one minute, and in the future, where no other test's sweep removes the response.
        var time = new StillTime(OffsetTime.InMidMonth().GetUtcNow().AddMonths(1));
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await instance.NewWorkspaceAsync(Plan.Pro);

        var first = await SendAsync(workspace.Client, "a");
        var again = await SendAsync(workspace.Client, "a");

        Assert.Equal("true", again.Header("Idempotent-Replayed"));
        foreach (var header in (string[])["X-RateLimit-Remaining", "X-RateLimit-Burst-Remaining", "X-Quota-Remaining"])
        {
            Assert.Equal(1, int.Parse(first.Header(header)!) - int.Parse(again.Header(header)!));
        }
    }

    [Fact]
    public async Task EightParallelOnTwoInstances_OneLink()
    {
        await using var other = await service.StartAnotherAsync();
        var workspace = await service.NewWorkspaceAsync();
        HttpClient[] clients = [workspace.Client, other.NewClient(workspace.Key)];

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => SendAsync(clients[index % 2], "a")));

        var created = answers.Where(answer => answer.StatusCode == HttpStatusCode.Created).ToList();
        Assert.Single(created, answer => answer.Header("Idempotent-Replayed") is null);
        var ids = await Task.WhenAll(created.Select(async answer => (await answer.DataAsync(HttpStatusCode.Created)).Text("id")));
        Assert.Single(ids.Distinct());
        foreach (var refused in answers.Except(created))
        {
            await refused.ErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
            Assert.Equal("1", refused.Header("Retry-After"));
        }

        Assert.Equal(1, await CountAsync(workspace.Client));
        Assert.Equal("true", (await SendAsync(clients[1], "a")).Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task OtherBodyOrQuery_Reused()
    {
        var workspace = await service.NewWorkspaceAsync();
        await SendAsync(workspace.Client, "a");

        // The same JSON, but not the same bytes.
        await (await SendAsync(workspace.Client, "a", $"{Body} ")).ErrorAsync(HttpStatusCode.Conflict, "IDEMPOTENCY_KEY_REUSED");
        await (await SendAsync(workspace.Client, "a", path: $"{Links}?_x=1")).ErrorAsync(HttpStatusCode.Conflict, "IDEMPOTENCY_KEY_REUSED");

        Assert.Equal(1, await CountAsync(workspace.Client));
    }

    [Fact]
    public async Task OtherWorkspaceOrKey_Independent()
    {
        var (one, two) = (await service.NewWorkspaceAsync(), await service.NewWorkspaceAsync());

        var ids = new HashSet<string>();
        foreach (var (client, key) in ((HttpClient, string)[])
            [(one.Client, "a"), (two.Client, "a"), (one.Client, "A"), (one.Client, new string('~', 255))])
        {
            var answer = await SendAsync(client, key);
            Assert.Null(answer.Header("Idempotent-Replayed"));
            Assert.True(ids.Add((await answer.DataAsync(HttpStatusCode.Created)).Text("id")));
        }
    }

    [Fact]
    public async Task AnotherKeyOfTheWorkspace_GetsTheAnswerToo()
    {
        var workspace = await service.NewWorkspaceAsync();
        using var colleague = service.Application.NewClient(await service.Application.NewKeyAsync(workspace.Id));
        await SendAsync(workspace.Client, "a");

        Assert.Equal("true", (await SendAsync(colleague, "a")).Header("Idempotent-Replayed"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a, b")]
    [InlineData("tab\there")]
    public async Task MalformedKey_IsNamedAndNothingIsCreated(string key)
    {
        var workspace = await service.NewWorkspaceAsync();

        var error = await (await SendAsync(workspace.Client, key)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal(["Idempotency-Key"], error.Fields());
        Assert.Equal(0, await CountAsync(workspace.Client));
    }

    [Fact]
    public async Task KeyTooLong_IsNamed() => Assert.Equal(
        ["Idempotency-Key"],
        (await (await SendAsync((await service.NewWorkspaceAsync()).Client, new string('a', 256))).ErrorAsync(
            HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());

    [Fact]
    public async Task EndpointThatCreatesNothing_IgnoresTheHeader()
    {
        var workspace = await service.NewWorkspaceAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Links);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", "two words");

        Assert.Equal(HttpStatusCode.OK, (await workspace.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task SlugTaken_IsReplayedThoughTheSlugIsFreeAgain()
    {
        var workspace = await service.NewWorkspaceAsync();
        var body = $$"""{"url":"https://example.com/","custom_slug":"idem-{{Guid.NewGuid():N}}"}""";
        var link = await workspace.Client.NewLinkAsync(body);

        await (await SendAsync(workspace.Client, "a", body)).ErrorAsync(HttpStatusCode.Conflict, "SLUG_TAKEN");
        await workspace.Client.DeleteAsync($"{Links}/{link.Text("id")}");
        var again = await SendAsync(workspace.Client, "a", body);

        await again.ErrorAsync(HttpStatusCode.Conflict, "SLUG_TAKEN");
        Assert.Equal("true", again.Header("Idempotent-Replayed"));
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(workspace.Client, "b", body)).StatusCode);
    }

    [Fact]
    public async Task ValidationError_IsReplayed()
    {
        var workspace = await service.NewWorkspaceAsync();

        var first = await SendAsync(workspace.Client, "a", """{"url":7}""");
        var again = await SendAsync(workspace.Client, "a", """{"url":7}""");

        Assert.Equal(["url"], (await again.ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields());
        Assert.Equal("true", again.Header("Idempotent-Replayed"));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task RefusedBeforeItRan_RunsWhenItMay()
    {
        var time = StillTime.AtPresent();
        await using var instance = await service.StartAnotherAsync(
            new Dictionary<string, string?> { ["Xqr:Plans:Pro:BurstPerSecond"] = "1" }, time.Register);
        var workspace = await instance.NewWorkspaceAsync(Plan.Pro);
        await workspace.Client.GetAsync(Links);

        await (await SendAsync(workspace.Client, "a")).ErrorAsync(HttpStatusCode.TooManyRequests, "BURST_LIMIT_EXCEEDED");
        time.Advance(TimeSpan.FromSeconds(2));
        var again = await SendAsync(workspace.Client, "a");

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Null(again.Header("Idempotent-Replayed"));
    }

    [Fact]
    public async Task ADayLater_TheKeyIsNew()
    {
        var time = new OffsetTime();
        await using var instance = await service.StartAnotherAsync(services: time.Register);
        var workspace = await instance.NewWorkspaceAsync();
        var first = await (await SendAsync(workspace.Client, "a")).DataAsync(HttpStatusCode.Created);

        time.Advance(TimeSpan.FromHours(23.9));
        Assert.Equal("true", (await SendAsync(workspace.Client, "a")).Header("Idempotent-Replayed"));

        time.Advance(TimeSpan.FromHours(0.2));
        var later = await SendAsync(workspace.Client, "a", """{"url":"https://example.org/"}""");

        Assert.Null(later.Header("Idempotent-Replayed"));
        Assert.NotEqual(first.Text("id"), (await later.DataAsync(HttpStatusCode.Created)).Text("id"));
        Assert.Equal("true", (await SendAsync(workspace.Client, "a", """{"url":"https://example.org/"}""")).Header("Idempotent-Replayed"));
        Assert.Equal(2, await CountAsync(workspace.Client));
    }

    [Fact]
    public async Task Cost_TwoTransactionsOnTopAndTwoForAReplay()
    {
        await using var instance = await service.StartAnotherAsync(services: StillTime.AtPresent().Register);
        var workspace = await instance.NewWorkspaceAsync();
        await workspace.Client.NewLinkAsync();
        await workspace.Client.NewLinkAsync();

        var without = await CostAsync(() => workspace.Client.NewLinkAsync());

        // The first request of the workspace in this hour writes the hour.
        Assert.Equal(without + 3, await CostAsync(() => SendAsync(workspace.Client, "a")));
        Assert.Equal(without + 2, await CostAsync(() => SendAsync(workspace.Client, "b")));
        Assert.Equal(2, await CostAsync(() => SendAsync(workspace.Client, "a")));

        Task<int> CostAsync(Func<Task> act) => instance.Calls.CostAsync(act);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string key, string body = Body, string path = Links)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Answers.Json(body) };
        Assert.True(request.Headers.TryAddWithoutValidation("Idempotency-Key", key));
        return await client.SendAsync(request);
    }

    private static async Task<long> CountAsync(HttpClient client)
    {
        JsonElement list = await (await client.GetAsync(Links)).BodyAsync();
        return list.GetProperty("meta").Number("total");
    }
}
