using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace XQr.Api.Pipeline;

/// <summary>The endpoint's answer is large and packs well, so that <c>Accept-Encoding</c> is honoured.</summary>
internal sealed record Compressed;

internal static class Compression
{
    /// <summary>
    /// Brotli or gzip, also over TLS: the size of a packed answer tells of a secret only where it stands beside what an attacker chooses
    /// and sends again and again (BREACH), and a file of scans or the API's description has no secret. Others than <see cref="Compressed"/> endpoints never pack.
    /// </summary>
    public static IServiceCollection AddCompression(this IServiceCollection services) => services.AddSingleton<IResponseCompressionProvider, SuccessCompressionProvider>()
        .AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/csv", MediaTypeNames.Application.Json];
        });

    public static bool IsWanted(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<Compressed>() is not null;
}

/// <summary>Compresses successful responses only: errors are small, and a client should be able to read one whatever it supports.</summary>
internal sealed class SuccessCompressionProvider(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    /// <inheritdoc/>
    public override bool ShouldCompressResponse(HttpContext context) =>
        context.Response.StatusCode == StatusCodes.Status200OK && base.ShouldCompressResponse(context);
}
