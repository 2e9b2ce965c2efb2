using System.Text;
using Microsoft.AspNetCore.Http;
using XQr.Testing;
using XQr.Testing.Network;

namespace XQr.Api.IntegrationTests.Qr;

/// <summary>An instance of the application that meets websites with logos, good and bad, on what it takes for the internet.</summary>
public sealed class LogoFixture(ServiceFixture service) : IAsyncLifetime
{
    public const string Svg =
        """<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="18" fill="#b00020"/></svg>""";

    private const string HostileSvg =
        """<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" onload="alert(1)"><script>alert(2)</script>"""
        + """<circle cx="20" cy="20" r="18" fill="#b00020" onclick="alert(3)"/></svg>""";

    /// <summary>A clip of many crossing lines for many shapes, in few bytes.</summary>
    private static readonly string Crossing =
        """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><clipPath id="c"><path d="M0 0"""
        + string.Concat(Enumerable.Range(0, 1500).Select(i => $"L{i * 61 % 64} {i % 2 * 64}"))
        + "\"/></clipPath><g clip-path=\"url(#c)\">"
        + string.Concat(Enumerable.Repeat("""<rect width="64" height="64"/>""", 500))
        + "</g></svg>";

    /// <summary>One pixel.</summary>
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    private Website site = null!;

    public FakeNetwork Network { get; private set; } = null!;

    public XQrApplication Application { get; private set; } = null!;

    /// <summary>Gets the number of requests for each path.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, int> Requests { get; } = new();

    public async ValueTask InitializeAsync()
    {
        site = await Website.StartAsync();
        site.Answer = AnswerAsync;
        Network = NewNetwork();
        Application = await service.StartAnotherAsync(services: Network.Register);
    }

    /// <summary>Another view of the same websites.</summary>
    public FakeNetwork NewNetwork()
    {
        var network = new FakeNetwork(site);
        network.Name("logos.test", [FakeNetwork.PublicAddress]);
        return network;
    }

    public async ValueTask DisposeAsync()
    {
        await Application.DisposeAsync();
        await site.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        Requests.AddOrUpdate(path, 1, (_, count) => count + 1);
        var response = context.Response;
        switch (path.Split('?')[0].Trim('/').Split('/'))
        {
            case ["logo.svg"]:
                await response.WriteAsync(Svg);
                break;
            case ["hostile.svg"]:
                await response.WriteAsync(HostileSvg);
                break;
            case ["broken.svg"]:
                await response.WriteAsync(Svg[..60]);
                break;
            case ["crossing.svg"]:
                await response.WriteAsync(Crossing);
                break;
            case ["logo.png"]:
                // The service ignores the content type that a server declares.
                response.ContentType = "text/html";
                await response.Body.WriteAsync(Png);
                break;
            case ["page.png"]:
                response.ContentType = "image/png";
                await response.WriteAsync("<!doctype html><title>no image</title>");
                break;
            case ["empty.png"]:
                break;
            case ["large-by-length"]:
                response.ContentLength = (2 * 1024 * 1024) + 1;
                await response.Body.WriteAsync(Png);
                break;
            case ["large-by-content"]:
                await WriteManyAsync(response);
                break;
            case ["hangs"]:
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                break;
            case ["to", var hops]:
                response.Redirect(hops == "0" ? "/logo.png" : $"/to/{int.Parse(hops) - 1}");
                break;
            case ["go", var where]:
                response.Redirect(Encoding.UTF8.GetString(Convert.FromHexString(where)));
                break;
            default:
                response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private static async Task WriteManyAsync(HttpResponse response)
    {
        var chunk = new byte[64 * 1024];
        Png.CopyTo(chunk, 0);
        for (var i = 0; i < 64; i++)
        {
            await response.Body.WriteAsync(chunk, response.HttpContext.RequestAborted);
        }
    }
}
