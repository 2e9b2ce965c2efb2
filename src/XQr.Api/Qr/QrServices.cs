using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Primitives;
using XQr.Api.Qr.Batch;
using XQr.Api.Qr.Images;
using XQr.Api.Qr.Logos;
using XQr.Api.Qr.Templates;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Api.Work;

namespace XQr.Api.Qr;

internal static class QrServices
{
    public static IServiceCollection AddQr(this IServiceCollection services)
    {
        services.AddSingleton(provider => TemplateRow.NewCommits(provider.GetRequiredService<Tables>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<TemplateStore>();
        services.AddSingleton<IUsageSource, TemplateUsageSource>();
        services.AddSingleton<TemplateOperations>();
        services.AddSingleton<DesignResolver>();
        services.AddSingleton(provider => new DrawLimiter(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<LogoBlobs>();
        services.AddSingleton<LogoSource>();
        services.AddSingleton<IWorkHandler, LogoSweep>();
        services.AddSingleton<IWorkHandler, LogoPass>();
        services.AddSingleton(LogoPass.Schedule);
        services.AddSingleton<RenderBlobs>();
        services.AddSingleton<RenderWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<RenderWriter>());
        services.AddSingleton<QrImages>();
        services.AddSingleton<QrOperations>();
        services.AddSingleton<BatchOperations>();
        return services.AddJson(QrJson.Default);
    }
}
