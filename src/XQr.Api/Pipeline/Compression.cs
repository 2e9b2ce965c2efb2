using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace XQr.Api.Pipeline;

/// <summary>Marks an endpoint whose responses are large and may be compressed.</summary>
internal sealed record Compressed;

internal static class Compression
{
    /// <summary>
    /// Adds compression by Brotli or gzip, also over TLS. The size of a compressed response reveals a secret only if the response also has
    /// text that an attacker chooses (BREACH). Only <see cref="Compressed"/> endpoints compress, and their files have no secrets.
    /// </summary>
    public static IServiceCollection AddCompression(this IServiceCollection services) => services
        .AddSingleton<IResponseCompressionProvider, SuccessCompressionProvider>()
        .AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/csv", MediaTypeNames.Application.Json];
        });

    public static bool IsWanted(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<Compressed>() is not null;
}

/// <summary>Compresses successful responses only. Errors are small, and every client should be able to read them.</summary>
internal sealed class SuccessCompressionProvider(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    /// <inheritdoc/>
    public override bool ShouldCompressResponse(HttpContext context) =>
        context.Response.StatusCode == StatusCodes.Status200OK && base.ShouldCompressResponse(context);
}
