using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace XQr.Testing.Network;

/// <summary>Somebody else's server, as a test plays it: at a free port of the loopback address, and silent.</summary>
public static class LoopbackHost
{
    /// <summary>Makes one, to be started.</summary>
    /// <param name="answer">Answers every request.</param>
    /// <param name="listen">Says how it listens, where that is not plain HTTP.</param>
    public static WebApplication New(RequestDelegate answer, Action<ListenOptions>? listen = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, options => listen?.Invoke(options)));
        var host = builder.Build();
        host.Run(answer);
        return host;
    }
}
