using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace XQr.Api.Pipeline;

/// <summary>Reads the body of endpoints that accept one: a JSON object in UTF-8 of at most 1 MiB.</summary>
internal sealed class BodyMiddleware(RequestDelegate next)
{
    public const int MaxBytes = 1024 * 1024;

    private const string Identity = "identity";

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<JsonBody>() is { } body && !(body.IsOptional && HasNone(context))
            ? ReadAsync(context)
            : next(context);

    /// <summary>Returns whether the request has no body: its length is 0, or it has neither a length nor chunks.</summary>
    private static bool HasNone(HttpContext context) =>
        context.Request.ContentLength == 0
        || (context.Request.ContentLength is null && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true);

    private async Task ReadAsync(HttpContext context)
    {
        if (!IsJson(context.Request.ContentType))
        {
            await ApiErrors.UnsupportedMediaType().ExecuteAsync(context);
            return;
        }

        if (IsEncoded(context.Request))
        {
            context.Response.Headers.AcceptEncoding = Identity;
            await ApiErrors.UnsupportedEncoding().ExecuteAsync(context);
            return;
        }

        using var bytes = new MemoryStream();
        if (context.Request.ContentLength > MaxBytes || !await TryReadAsync(context, bytes))
        {
            await ApiErrors.PayloadTooLarge(MaxBytes).ExecuteAsync(context);
            return;
        }

        var body = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        using var document = JsonBodyParser.Parse(body, out var error);
        if (document is null)
        {
            await ApiErrors.InvalidJson(error).ExecuteAsync(context);
            return;
        }

        context.Api().Body = document.RootElement;
        context.Api().BodyBytes = body;
        await next(context);
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (type.Charset.Length == 0 || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static bool IsEncoded(HttpRequest request) => request.Headers.ContentEncoding
        .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .Any(coding => !coding.Equals(Identity, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the body while the deadline pauses, because the client decides how fast it sends. The server has a minimum rate.</summary>
    private static async Task<bool> TryReadAsync(HttpContext context, MemoryStream bytes)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        context.Api().Deadline?.Pause();
        try
        {
            int read;
            while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
            {
                if (bytes.Length + read > MaxBytes)
                {
                    return false;
                }

                bytes.Write(buffer, 0, read);
            }

            return true;
        }
        finally
        {
            context.Api().Deadline?.Resume();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
