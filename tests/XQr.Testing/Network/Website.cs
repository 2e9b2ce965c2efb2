using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace XQr.Testing.Network;

/// <summary>Runs a website on the loopback address with TLS and a self-signed certificate.</summary>
public sealed class Website : IAsyncDisposable
{
    /// <summary>The names in the certificate.</summary>
    public static readonly string[] Names = ["logos.test", "two.test", "rebinding.test"];

    private readonly WebApplication host;

    private Website() => host = LoopbackHost.New(context => Answer(context), listen => listen.UseHttps(Certificate));

    public X509Certificate2 Certificate { get; } = NewCertificate();

    public int Port => new Uri(host.Urls.Single()).Port;

    /// <summary>Gets or sets the handler of requests; by default it responds with 404.</summary>
    public RequestDelegate Answer { get; set; } = context =>
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    };

    public static async Task<Website> StartAsync()
    {
        var site = new Website();
        await site.host.StartAsync();
        return site;
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
