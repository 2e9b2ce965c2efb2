using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace XQr.Testing.Network;

/// <summary>Creates servers that act as external services, on a free port of the loopback address, without logs.</summary>
public static class LoopbackHost
{
    /// <summary>Creates a server, which the test starts.</summary>
    /// <param name="respond">The handler of all requests.</param>
    /// <param name="listen">Configures the endpoint; by default it is plain HTTP.</param>
    public static WebApplication New(RequestDelegate respond, Action<ListenOptions>? listen = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, options => listen?.Invoke(options)));
        var host = builder.Build();
        host.Run(respond);
        return host;
    }
}
