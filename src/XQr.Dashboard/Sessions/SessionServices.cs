using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using XQr.Api.Work;

namespace XQr.Dashboard.Sessions;

internal static class SessionServices
{
    /// <summary>Adds sessions and the keys that protect cookies and forms.</summary>
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        // The default name of an application is the folder of its files, which instances need not share.
        services.AddDataProtection().SetApplicationName("xqr");
        services.AddOptions<KeyManagementOptions>().Configure<KeyBlobs>((options, keys) =>
        {
            options.XmlRepository = keys;

            // Storage encrypts the keys. Without a declared encryption each new key would be a warning.
            options.XmlEncryptor = new NullXmlEncryptor();
        });
        services.DoNotReadKeysAtStart();
        return services.AddSingleton<KeyBlobs>().AddSingleton<SessionStore>().AddSingleton<SessionCookie>().AddSingleton<SessionManager>()
            .AddSingleton<IWorkHandler, SessionSweep>().AddSingleton(SessionSweep.Schedule);
    }

    /// <summary>
    /// Removes the service that reads the keys when the host starts. The first redirect of a new instance would wait for it, and most
    /// instances never show a page.
    /// </summary>
    private static void DoNotReadKeysAtStart(this IServiceCollection services)
    {
        foreach (var service in services.Where(IsReader).ToList())
        {
            services.Remove(service);
        }

        static bool IsReader(ServiceDescriptor service) =>
            service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name == "DataProtectionHostedService";
    }
}
