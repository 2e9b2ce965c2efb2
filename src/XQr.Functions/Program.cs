using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using XQr.Api;
using XQr.Functions;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

// ASP.NET Core's own lines would tell each address that is asked for.
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
builder.Services.AddXQr(builder.Configuration);
builder.Services.AddSingleton<XQrPipeline>();

// The worker tells the host that it exports by itself, so that nothing is exported twice.
builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
await builder.Build().RunAsync();
