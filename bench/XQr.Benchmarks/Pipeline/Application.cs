using Azure.Core.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XQr.Api;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;

namespace XQr.Benchmarks.Pipeline;

/// <summary>Runs the pipeline of the application without a server. It has one workspace, one key and one link.</summary>
internal sealed class Application
{
    public const string ShortCode = "abc2345";

    private const string LinkId = "01920000-0000-7000-8000-000000000001";
    private const string WorkspaceId = "ws_01920000-0000-7000-8000-000000000002";

    private readonly WebApplication host;

    public Application(IDictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(new NullLogger()).SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Xqr:Storage:ConnectionString"] = "UseDevelopmentStorage=true",
            ["Xqr:PublicBaseUrl"] = "https://xqr.example",
            ["Xqr:Plans:Enterprise:BurstPerSecond"] = "10000000",
            ["Xqr:Plans:Enterprise:CallsPerMonth"] = "2000000000",
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton<HttpPipelinePolicy>(Rows());
        builder.Services.AddXQr(builder.Configuration);
        host = builder.Build();

        Pipeline = new ApplicationBuilder(host.Services).UseXQr().Build();
        Empty = new ApplicationBuilder(host.Services)
            .UseRouting()
            .UseEndpoints(endpoints => endpoints.MapGet("/{anything}", static (HttpContext _) => Task.CompletedTask))
            .Build();
    }

    /// <summary>Gets the pipeline of the application.</summary>
    public RequestDelegate Pipeline { get; }

    /// <summary>Gets a pipeline of routing and an endpoint that does nothing.</summary>
    public RequestDelegate Empty { get; }

    public IServiceProvider Services => host.Services;

    public string Key { get; } = ApiKeyText.New().Text;

    private CannedTables Rows()
    {
        const string Created = "\"CreatedAt@odata.type\":\"Edm.DateTime\",\"CreatedAt\":\"2026-01-01T00:00:00Z\"";
        var tables = new CannedTables();
        var prefix = ApiKeyText.PrefixOf(Key)!;
        var hash = Convert.ToBase64String(ApiKeyText.Hash(Key));
        Add("ApiKeys", prefix, "key", $"\"Id\":\"key_1\",\"Workspace\":\"{WorkspaceId}\",\"Name\":\"Key\",\"Scopes\":\"links:read\","
            + $"\"Hash@odata.type\":\"Edm.Binary\",\"Hash\":\"{hash}\",{Created}");
        Add("Workspaces", WorkspaceId, "w", $"\"Name\":\"Workspace\",\"Plan\":\"Enterprise\",{Created}");
        Add("ShortCodes", ShortCodes.Bucket(ShortCode), ShortCode, $"\"Workspace\":\"{WorkspaceId}\","
            + $"\"Link@odata.type\":\"Edm.Guid\",\"Link\":\"{LinkId}\","
            + "\"Destination\":\"https://example.com/landing-page\",\"Enabled\":true");
        return tables;

        void Add(string table, string partition, string row, string properties) => tables.Add(
            $"{table}(PartitionKey='{partition}',RowKey='{row}')",
            $"{{\"odata.etag\":\"W/\\\"1\\\"\",\"PartitionKey\":\"{partition}\",\"RowKey\":\"{row}\",{properties}}}");
    }

    /// <summary>Discards warnings. It supports scopes, so that they are created as in production.</summary>
    private sealed class NullLogger : ILoggerProvider, ILogger, ISupportExternalScope
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
        }

        public void SetScopeProvider(IExternalScopeProvider scopeProvider)
        {
        }

        public void Dispose()
        {
        }
    }
}
