using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace XQr.Api.Pipeline;

/// <summary>Reads the body of endpoints that take one: a JSON object, in UTF-8, of at most 1 MiB.</summary>
internal sealed class BodyMiddleware(RequestDelegate next)
{
    public const int MaxBytes = 1024 * 1024;

    // A name that stands twice would lose one of its values silently.
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<JsonBody>() is not { } body || (body.IsOptional && HasNone(context)) ? next(context) : ReadAsync(context);

    /// <summary>Whether the request is known to have no body: HTTP says so by the length, or by neither length nor chunks.</summary>
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

        using var bytes = new MemoryStream();
        if (context.Request.ContentLength > MaxBytes || !await TryReadAsync(context, bytes))
        {
            await ApiErrors.PayloadTooLarge(MaxBytes).ExecuteAsync(context);
            return;
        }

        JsonDocument document;
        try
        {
            document = Parse(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
        }
        catch (JsonException exception)
        {
            await ApiErrors.InvalidJson($"The body is not a JSON object: {exception.Message}").ExecuteAsync(context);
            return;
        }

        using (document)
        {
            context.Api().Body = document.RootElement;
            context.Api().BodyBytes = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
            await next(context);
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (type.Charset.Length == 0 || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static async Task<bool> TryReadAsync(HttpContext context, MemoryStream bytes)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
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
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <exception cref="JsonException">It is no object in valid JSON and UTF-8.</exception>
    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
        {
            throw new JsonException("it is not valid UTF-8.");
        }

        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(json, Options);

            // An escaped half of a surrogate pair is valid to the parser, and an exception to who reads it as text.
            if (json.Span.IndexOf(@"\ud"u8) >= 0 || json.Span.IndexOf(@"\uD"u8) >= 0)
            {
                ReadEveryText(document.RootElement);
            }

            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw new JsonException($"it is of type {document.RootElement.ValueKind}.");
        }
        catch (InvalidOperationException)
        {
            document?.Dispose();
            throw new JsonException("a text has half of a surrogate pair.");
        }
        catch
        {
            document?.Dispose();
            throw;
        }
    }

    private static void ReadEveryText(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            element.GetString();
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                ReadEveryText(item);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                _ = property.Name;
                ReadEveryText(property.Value);
            }
        }
    }
}
