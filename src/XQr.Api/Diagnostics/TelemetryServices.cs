using System.Diagnostics;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace XQr.Api.Diagnostics;

/// <summary>Registers telemetry.</summary>
internal static class TelemetryServices
{
    /// <summary>OpenTelemetry's standard variable. Its other standard variables have an effect too.</summary>
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Azure Monitor's standard variable.</summary>
    private const string MonitorConnection = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>
    /// The Functions host's variable for an Application Insights without local authentication: <c>ClientId={id};Authorization=AAD</c>.
    /// </summary>
    private const string MonitorIdentity = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    private static string Version => typeof(TelemetryServices).Assembly.GetName().Version!.ToString(3);

    /// <summary>
    /// Exports traces, metrics and logs by OTLP if an endpoint is set, and to Azure Monitor if its connection is set. If neither is set, no
    /// exporter is registered, since it would cost time at start.
    /// </summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMetrics();
        var toOtlp = !string.IsNullOrEmpty(configuration[OtlpEndpoint]);
        var toMonitor = !string.IsNullOrEmpty(configuration[MonitorConnection]);
        if (toOtlp || toMonitor)
        {
            services.AddInstruments();
        }

        if (toOtlp)
        {
            services.AddOtlp();
        }

        if (toMonitor)
        {
            services.AddMonitor(configuration[MonitorConnection]!, configuration[MonitorIdentity]);
        }

        return services;
    }

    private static void AddOtlp(this IServiceCollection services) => services.AddOpenTelemetry().UseOtlpExporter();

    private static void AddMonitor(this IServiceCollection services, string connection, string? identity) =>
        services.AddOpenTelemetry().UseAzureMonitorExporter(monitor =>
        {
            monitor.ConnectionString = connection;
            if (!string.IsNullOrEmpty(identity))
            {
                monitor.Credential = new DefaultAzureCredential(
                    new DefaultAzureCredentialOptions { ManagedIdentityClientId = ClientIdIn(identity) });
            }
        });

    private static string? ClientIdIn(string identity) => identity.Split(';')
        .FirstOrDefault(part => part.StartsWith("ClientId=", StringComparison.OrdinalIgnoreCase))?["ClientId=".Length..];

    /// <summary>Adds the instruments for all exporters. Separate methods load assemblies only if they are used.</summary>
    private static void AddInstruments(this IServiceCollection services)
    {
        // The Azure SDK's activities are still behind a switch.
        AppContext.SetSwitch("Azure.Experimental.EnableActivitySource", true);
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("xqr", serviceVersion: Version))
            .WithTracing(tracing => tracing
                .AddSource("Azure.*")
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation(http => http.FilterHttpRequestMessage = _ => !IsAzureCall(Activity.Current))
                .AddProcessor<VisitorPrivacy>())
            .WithMetrics(metrics => metrics
                .AddMeter(Telemetry.MeterName)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation())
            .WithLogging(configureBuilder: null, logs => logs.IncludeScopes = true);
    }

    /// <summary>Returns whether the Azure SDK has an activity for the call, which has more details.</summary>
    private static bool IsAzureCall(Activity? activity) =>
        activity is not null && (activity.Source.Name.StartsWith("Azure.", StringComparison.Ordinal) || IsAzureCall(activity.Parent));

    /// <summary>Removes the tags of a span that identify the visitor.</summary>
    private sealed class VisitorPrivacy : BaseProcessor<Activity>
    {
        private static readonly string[] Tags =
            ["client.address", "client.port", "network.peer.address", "network.peer.port", "url.query", "user_agent.original"];

        public override void OnEnd(Activity data)
        {
            if (data.Kind == ActivityKind.Server)
            {
                foreach (var tag in Tags)
                {
                    data.SetTag(tag, null);
                }
            }
        }
    }
}
