using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Testing.Network;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>An answer that has begun is never followed by another.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FailureWithinAnAnswer_ConnectionIsClosed(bool isSent)
    {
        var answer = await AskAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            var half = Encoding.ASCII.GetBytes("{\"data\":[");
            if (isSent)
            {
                await context.Response.Body.WriteAsync(half);
            }
            else
            {
                half.CopyTo(context.Response.BodyWriter.GetSpan(half.Length));
                context.Response.BodyWriter.Advance(half.Length);
            }

            throw new TimeoutException();
        });

        Assert.DoesNotContain("\"error\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\n0\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailureBeforeAnAnswer_IsToldWithoutTheHeadersOfTheAnswer()
    {
        var answer = await AskAsync(context =>
        {
            context.Response.Headers.ETag = "\"a\"";
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.ContentLength = 3;
            context.Response.Headers["X-RateLimit-Limit"] = "1";
            throw new TimeoutException();
        });

        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"SERVICE_UNAVAILABLE\"", answer, StringComparison.Ordinal);
        Assert.Contains("X-RateLimit-Limit: 1", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("ETag", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("gzip", answer, StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(RequestDelegate endpoint)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var host = builder.Build();
        host.UseMiddleware<RequestIdMiddleware>();
        host.UseMiddleware<FailureMiddleware>();
        host.Run(endpoint);
        await host.StartAsync();
        return await RawRequest.SendAsync(
            new(host.Urls.Single()), "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", TestContext.Current.CancellationToken);
    }
}
