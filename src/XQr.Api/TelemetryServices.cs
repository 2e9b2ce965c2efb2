using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace XQr.Api;

internal static class TelemetryServices
{
    /// <summary>OpenTelemetry's standard variable; the others of its specification hold too.</summary>
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Exports traces, metrics and logs by OTLP where an endpoint is set. Where none is, nothing is registered: it would cost time at start.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration) =>
        string.IsNullOrEmpty(configuration[Endpoint]) ? services : services.AddExport();

    /// <summary>On its own, so that its assemblies are loaded only where they are used.</summary>
    private static IServiceCollection AddExport(this IServiceCollection services)
    {
        // The Azure SDK's activities are still behind a switch.
        AppContext.SetSwitch("Azure.Experimental.EnableActivitySource", true);
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("xqr", serviceVersion: typeof(XQrApi).Assembly.GetName().Version!.ToString(3)))
            .WithTracing(tracing => tracing
                .AddSource("Azure.*")
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation(http => http.FilterHttpRequestMessage = _ => !IsAzureCall(Activity.Current))
                .AddProcessor<VisitorPrivacy>())
            .WithMetrics(metrics => metrics
                .AddMeter(Telemetry.Name)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation())
            .WithLogging(configureBuilder: null, logs => logs.IncludeScopes = true)
            .UseOtlpExporter();
        return services;
    }

    /// <summary>The Azure SDK has an activity for each call of its own, that says more.</summary>
    private static bool IsAzureCall(Activity? activity) =>
        activity is not null && (activity.Source.Name.StartsWith("Azure.", StringComparison.Ordinal) || IsAzureCall(activity.Parent));

    /// <summary>Takes out of a span what says who the visitor is.</summary>
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
