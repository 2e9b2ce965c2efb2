using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using XQr.Api.Pipeline;
using XQr.Api.Pipeline.Idempotency;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>The middleware with endpoints that answer as no real one does at will, on real storage.</summary>
public sealed class IdempotencyMiddlewareTests(ServiceFixture service)
{
    private static int requests;

    private readonly string workspaceId = Ids.NewWorkspace(TimeProvider.System.GetUtcNow());
    private readonly StillTime time = StillTime.AtPresent();
    private int runs;

    private IdempotencyStore Store => new(
        service.Application.Service<Tables>(),
        service.Application.Service<Containers>(),
        service.Application.Service<IdempotencyHourStore>(),
        time);

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task AnswerWorthAnotherTry_IsNotKeptAndTheOperationIsTheSame(int status)
    {
        var operations = new List<string>();
        var first = await SendAsync(context => AnswerAsync(context, status));
        var again = await SendAsync(context => AnswerAsync(context, 201));

        Assert.Equal((status, 201, 2), (first.Response.StatusCode, again.Response.StatusCode, runs));
        Assert.Equal("sent", first.Response.Headers["X-Test"]);
        Assert.Single(operations.Distinct());
        Assert.Equal("true", (await SendAsync(context => AnswerAsync(context, 500))).Response.Headers["Idempotent-Replayed"]);

        Task AnswerAsync(HttpContext context, int answered)
        {
            operations.Add(Ids.New(context.CreationSeed()).ToString());
            context.Response.Headers["X-Test"] = "sent";
            context.Response.StatusCode = answered;
            return context.Response.WriteAsync("body");
        }
    }

    [Fact]
    public async Task EndpointThrows_HeadersAreTakenBackAndTheNextRuns()
    {
        var context = NewContext("a");
        context.Response.Headers["X-Request-Id"] = "kept";
        await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync(context, inner =>
        {
            inner.Response.Headers.Location = "/gone";
            throw new InvalidDataException();
        }));

        Assert.Equal("X-Request-Id", Assert.Single(context.Response.Headers).Key);
        Assert.Equal(201, (await SendAsync(Created)).Response.StatusCode);
        Assert.Equal(2, runs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32 * 1024)]
    [InlineData((32 * 1024) + 1)]
    [InlineData(300_000)]
    public async Task BodyOfAnySize_IsReplayed(int length)
    {
        var body = new byte[length];
        Random.Shared.NextBytes(body);
        var first = await SendAsync(AnswerAsync);

        var again = await SendAsync(AnswerAsync);

        Assert.Equal(1, runs);
        Assert.Equal(body, Sent(first));
        Assert.Equal(body, Sent(again));
        Assert.Equal("one|two", string.Join('|', again.Response.Headers["X-Many"].ToArray()));
        Assert.Equal("https://example.com/a:b", again.Response.Headers.Location);
        Assert.Equal(length > 32 * 1024 ? 1 : 0, await BlobsAsync());

        async Task AnswerAsync(HttpContext context)
        {
            context.Response.StatusCode = length == 0 ? 204 : 201;
            context.Response.Headers.Location = "https://example.com/a:b";
            context.Response.Headers["X-Many"] = new(["one", "two"]);
            await context.Response.BodyWriter.WriteAsync(body);
        }
    }

    [Fact]
    public async Task UnderWay_ConflictUntilTheLeaseIsOver()
    {
        var (started, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = SendAsync(async context =>
        {
            started.SetResult();
            await finish.Task;
            context.Response.StatusCode = 202;
        });
        await started.Task;

        Assert.Equal(409, (await SendAsync(Created)).Response.StatusCode);
        time.Advance(TimeSpan.FromSeconds(14));
        var refused = await SendAsync(Created);
        Assert.Equal((409, "1"), (refused.Response.StatusCode, (string?)refused.Response.Headers.RetryAfter));

        // The slow run is considered dead, so the result of the run that took over counts.
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(201, (await SendAsync(Created)).Response.StatusCode);
        finish.SetResult();
        var overtaken = await slow;
        Assert.Equal(409, overtaken.Response.StatusCode);
        Assert.Contains("CONFLICT", Encoding.UTF8.GetString(Sent(overtaken)), StringComparison.Ordinal);
        Assert.Equal(201, (await SendAsync(Created)).Response.StatusCode);
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task OtherPathOrMethod_Independent()
    {
        await SendAsync(Created);
        foreach (var (method, path) in ((string, string)[])[("PUT", "/things"), ("POST", "/others")])
        {
            var context = NewContext("a");
            (context.Request.Method, context.Request.Path) = (method, path);
            await RunAsync(context, Created);
        }

        Assert.Equal(3, runs);
    }

    [Fact]
    public async Task HeaderTwice_IsRefused()
    {
        var context = NewContext("a");
        context.Request.Headers["Idempotency-Key"] = new(["a", "a"]);

        await RunAsync(context, Created);

        Assert.Equal((400, 0), (context.Response.StatusCode, runs));
    }

    [Fact]
    public async Task NoKey_FreshOperationEachTime()
    {
        var ids = new HashSet<Guid>();
        for (var i = 0; i < 2; i++)
        {
            var context = NewContext(key: null);
            await RunAsync(context, inner =>
            {
                ids.Add(Ids.New(inner.CreationSeed()));
                return Task.CompletedTask;
            });
        }

        Assert.Equal(2, ids.Count);
    }

    private static Task Created(HttpContext context)
    {
        context.Response.StatusCode = 201;
        return context.Response.WriteAsync("created");
    }

    private static byte[] Sent(HttpContext context) => ((MemoryStream)context.Response.Body).ToArray();

    private async Task<HttpContext> SendAsync(RequestDelegate endpoint, string key = "a")
    {
        var context = NewContext(key);
        await RunAsync(context, endpoint);
        return context;
    }

    private Task RunAsync(HttpContext context, RequestDelegate endpoint) => new IdempotencyMiddleware(
        async inner =>
        {
            Interlocked.Increment(ref runs);
            await endpoint(inner);
        },
        Store,
        new(Store, time, NullLogger<IdempotencyRelease>.Instance),
        time).InvokeAsync(context);

    private DefaultHttpContext NewContext(string? key)
    {
        var now = time.GetUtcNow();
        var context = new DefaultHttpContext();
        context.Features.Set(new ApiContext($"req_{Interlocked.Increment(ref requests)}")
        {
            Caller = new(new("key", workspaceId, "prefix", ["*"]) { Hash = [] }, new(workspaceId, "Test", Plan.Pro, now), new()),
            BodyBytes = "{}"u8.ToArray(),
        });
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new IdempotentCreation()), "Test"));
        (context.Request.Method, context.Request.Path, context.Response.Body) = ("POST", "/things", new MemoryStream());
        if (key is not null)
        {
            context.Request.Headers["Idempotency-Key"] = key;
        }

        return context;
    }

    private async Task<int> BlobsAsync() => await service.Application.Service<Containers>().Idempotency
        .GetBlobsAsync().CountAsync(blob => blob.Name.Contains($"/{workspaceId}/", StringComparison.Ordinal));
}
