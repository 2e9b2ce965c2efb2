using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using XQr.Api;
using XQr.Api.Pipeline;
using XQr.Dashboard;
using XQr.Functions;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

// The request logs of ASP.NET Core would contain each requested URL.
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
builder.Services.AddXQr(builder.Configuration).AddXQrDashboard();
builder.Services.AddSingleton<IValidateOptions<ClientOptions>, ClientHeaderValidator>();
builder.Services.AddSingleton<XQrPipeline>();
builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);

// The worker exports telemetry itself and tells the host, so that nothing is exported twice.
builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
var host = builder.Build();

// This completes before the worker reports to the host that it is ready.
await host.Services.GetRequiredService<XQrPipeline>().PrepareAsync();
await host.RunAsync();
