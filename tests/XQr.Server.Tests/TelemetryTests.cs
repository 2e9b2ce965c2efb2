using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using XQr.Testing;
using XQr.Testing.Network;
using XQr.Testing.Secrets;

namespace XQr.Server.Tests;

public sealed class TelemetryTests(AzuriteFixture azurite) : IDisposable
{
    private const string Visitor = "Mozilla/5.0 (a visitor's own browser)";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Otlp_ExportsTracesMetricsAndLogs_WithTheRequestId_WithoutTheVisitor()
    {
        await using var receiver = new Receiver();
        var endpoint = await receiver.StartAsync();
        await using var server = await ServerProcess.StartAsync(
            folder.Path,
            [
                ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                ("OTEL_BSP_SCHEDULE_DELAY", "100"), ("OTEL_BLRP_SCHEDULE_DELAY", "100"), ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
                ("Logging__LogLevel__Microsoft.AspNetCore.Routing.EndpointMiddleware", "Information"),
                ("Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Information"),
            ],
            "--ephemeral");
        using var client = server.NewClient();
        var code = (await client.NewLinkAsync()).Text("short_code");
        using var visit = await client.VisitAsync($"/{code}?secret=1", Visitor);
        var id = visit.Header("X-Request-Id")!;

        await Eventually.TrueAsync(() => Task.FromResult(receiver.Has("/v1/traces", id)), "a span has the request id");
        await Eventually.TrueAsync(() => Task.FromResult(receiver.Has("/v1/logs", id)), "a log line has the request id");
        await Eventually.TrueAsync(
            () => Task.FromResult(receiver.Has("/v1/metrics", "xqr.redirects")), "the metrics of the application are exported");
        await Eventually.TrueAsync(
            () => Task.FromResult(receiver.Has("/v1/metrics", "http.server.request.duration")), "the metrics of the server are exported");
        await Eventually.TrueAsync(() => Task.FromResult(receiver.Has("/v1/traces", "Azure.Data.Tables")), "calls to storage are exported");
        Assert.False(receiver.Has("/v1/traces", "network.peer.address"));
        foreach (var path in (string[])["/v1/traces", "/v1/logs", "/v1/metrics"])
        {
            Assert.False(receiver.Has(path, Visitor), path);
            Assert.False(receiver.Has(path, "client.address"), path);
            Assert.False(receiver.Has(path, "secret=1"), path);
            Assert.False(receiver.Has(path, server.Key!.Split('.')[1]), path);
        }
    }

    [Fact]
    public async Task AzureMonitor_ExportsTheRequest_WithoutTheVisitor()
    {
        await using var receiver = new Receiver();
        var endpoint = await receiver.StartAsync();
        await using var server = await ServerProcess.StartAsync(
            folder.Path,
            [
                ("APPLICATIONINSIGHTS_CONNECTION_STRING", $"InstrumentationKey={Guid.NewGuid()};IngestionEndpoint={endpoint}/"),
                ("APPLICATIONINSIGHTS_STATSBEAT_DISABLED", "true"), ("OTEL_BSP_SCHEDULE_DELAY", "100"),
            ],
            "--Xqr:Storage:ConnectionString",
            azurite.ConnectionString);
        using var client = server.NewClient();

        // Only a few traces per second are exported, so not every visit is.
        await Eventually.TrueAsync(
            async () =>
            {
                using var visit = await client.VisitAsync("/unknown?secret=1", Visitor);
                return receiver.Has("/v2.1/track", "\"xqr.request_id\":\"req_");
            },
            "a request has its id");
        Assert.False(receiver.Has("/v2.1/track", Visitor));
        Assert.False(receiver.Has("/v2.1/track", "secret=1"));
        Assert.False(receiver.Has("/v2.1/track", "ai.location.ip"));
    }

    /// <summary>Receives the messages of OTLP (protobuf) and Azure Monitor (JSON). Both contain texts unencoded.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, byte[] Message)> messages = new();
        private readonly WebApplication app;

        public Receiver() => app = LoopbackHost.New(ReceiveAsync);

        public async Task<string> StartAsync()
        {
            await app.StartAsync();
            return app.Urls.Single();
        }

        public bool Has(string path, string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            return messages.Any(message => message.Path == path && message.Message.AsSpan().IndexOf(bytes) >= 0);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task ReceiveAsync(HttpContext context)
        {
            using var message = new MemoryStream();
            await context.Request.Body.CopyToAsync(message);
            LogWatch.Shared.AddLine(Encoding.Latin1.GetString(message.ToArray()));
            messages.Enqueue((context.Request.Path, message.ToArray()));
        }
    }
}
