using System.IO.Compression;
using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace XQr.Dashboard.Hosting;

internal static class PageCompression
{
    /// <summary>
    /// Compresses pages by Brotli or gzip, also over TLS. The size of a compressed response can reveal a secret that is the same in many
    /// responses (BREACH). The secrets in pages are the antiforgery token, which ASP.NET Core encrypts anew for each response, and a new API
    /// key, which is in one response only.
    /// </summary>
    public static IApplicationBuilder UsePageCompression(this IApplicationBuilder app)
    {
        // The options are not those of the API, which compresses only what has no secrets at all.
        var options = new ResponseCompressionOptions { EnableForHttps = true, MimeTypes = [MediaTypeNames.Text.Html] };
        var brotli = new BrotliCompressionProviderOptions { Level = CompressionLevel.Optimal };
        options.Providers.Add(new BrotliCompressionProvider(Options.Create(brotli)));
        options.Providers.Add(new GzipCompressionProvider(Options.Create(new GzipCompressionProviderOptions { Level = CompressionLevel.Optimal })));
        return app.UseMiddleware<ResponseCompressionMiddleware>(
            new ResponseCompressionProvider(app.ApplicationServices, Options.Create(options)));
    }
}
