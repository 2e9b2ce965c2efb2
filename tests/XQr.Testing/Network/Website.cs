using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace XQr.Testing.Network;

/// <summary>A website on the loopback address, by TLS, with a certificate of its own for some names.</summary>
public sealed class Website : IAsyncDisposable
{
    /// <summary>The names that its certificate is for.</summary>
    public static readonly string[] Names = ["logos.test", "two.test", "rebinding.test"];

    private readonly WebApplication host;

    private Website(WebApplication host, X509Certificate2 certificate)
    {
        this.host = host;
        Certificate = certificate;
        Port = new Uri(host.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()).Port;
    }

    public X509Certificate2 Certificate { get; }

    public int Port { get; }

    /// <summary>Answers the requests; by default with 404.</summary>
    public RequestDelegate Answer { get; set; } = context =>
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    };

    public static async Task<Website> StartAsync()
    {
        var certificate = NewCertificate();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        Website? site = null;
        var host = builder.Build();
        host.Run(context => site!.Answer(context));
        await host.StartAsync();
        return site = new(host, certificate);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        Certificate.Dispose();
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in Names)
        {
            names.AddDnsName(name);
        }

        var request = new CertificateRequest($"CN={Names[0]}", key, HashAlgorithmName.SHA256) { CertificateExtensions = { names.Build() } };
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
