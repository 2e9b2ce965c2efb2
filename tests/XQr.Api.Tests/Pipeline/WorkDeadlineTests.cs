using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Workspaces;

namespace XQr.Api.Tests.Pipeline;

/// <summary>The work has 4.5 seconds; what depends on the client's line has not.</summary>
public sealed class WorkDeadlineTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(4.4);

    private readonly FakeTimeProvider time = new();
    private readonly DefaultHttpContext context = NewContext();

    [Fact]
    public async Task WorkOverItsTime_IsATimeout() => await Assert.ThrowsAsync<TimeoutException>(() => RunAsync(async token =>
    {
        time.Advance(Most);
        Assert.False(token.IsCancellationRequested);
        time.Advance(Most);
        Assert.True(token.IsCancellationRequested);
        await Task.Delay(Timeout.Infinite, token);
    }));

    [Fact]
    public async Task SlowBody_TakesNoneOfTheWorksTime()
    {
        context.Request.ContentType = "application/json";
        context.Request.Body = new SlowBody("{}"u8.ToArray(), () => time.Advance(Long));
        var read = "";
        var body = new BodyMiddleware(inner =>
        {
            time.Advance(Most);
            inner.RequestAborted.ThrowIfCancellationRequested();
            read = inner.Api().Body.GetRawText();
            return Task.CompletedTask;
        });

        await RunAsync(_ => body.InvokeAsync(context));

        Assert.Equal("{}", read);
    }

    [Fact]
    public async Task WorkBeforeAndAfterTheBody_HasOneTime()
    {
        context.Request.ContentType = "application/json";
        context.Request.Body = new SlowBody("{}"u8.ToArray(), () => time.Advance(Long));
        var body = new BodyMiddleware(inner =>
        {
            time.Advance(Most);
            inner.RequestAborted.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        });

        await Assert.ThrowsAsync<TimeoutException>(() => RunAsync(_ =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return body.InvokeAsync(context);
        }));
    }

    [Fact]
    public async Task SlowReader_GetsTheWholeAnswer()
    {
        var sent = new SlowReader(() => time.Advance(Long));
        context.Response.Body = sent;

        await RunAsync(_ => ApiResults.List(Enumerable.Repeat(MemberResponse.Example, 2_000).ToArray()).ExecuteAsync(context));

        Assert.True(sent.Writes > 1);
        Assert.EndsWith("}}", sent.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerThatIsHeld_LeavesTheDeadlineOn() => await Assert.ThrowsAsync<TimeoutException>(() => RunAsync(async _ =>
    {
        context.Api().Deadline!.HoldsAnswer = true;
        context.BeginAnswer();
        context.Api().Deadline!.HoldsAnswer = false;
        time.Advance(Long);
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    }));

    private Task RunAsync(Func<CancellationToken, Task> work) =>
        new DeadlineMiddleware(_ => work(context.RequestAborted), time).InvokeAsync(context);

    private static DefaultHttpContext NewContext()
    {
        var context = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddSingleton<ApiJson>().AddJson(WorkspaceJson.Default).BuildServiceProvider(),
        };
        context.Features.Set(new ApiContext("req_0"));
        context.SetEndpoint(new(null, new(new RequiredScope("*"), new JsonBody(typeof(object), _ => "")), "test"));
        return context;
    }

    private sealed class SlowBody(byte[] bytes, Action wait) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            wait();
            cancellationToken.ThrowIfCancellationRequested();
            return base.ReadAsync(buffer[..1], cancellationToken);
        }
    }

    private sealed class SlowReader(Action wait) : MemoryStream
    {
        public int Writes { get; private set; }

        public string Text => System.Text.Encoding.UTF8.GetString(ToArray());

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            wait();
            Writes++;
            cancellationToken.ThrowIfCancellationRequested();
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
