using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace XQr.Api.Pipeline;

/// <summary>Reads a body as a JSON object in UTF-8, with the API's own error messages.</summary>
internal static class JsonBodyParser
{
    // A name that appears twice would lose one of its values silently.
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Parses a body.</summary>
    /// <param name="body">The body; a byte order mark at its beginning is skipped (RFC 8259, section 8.1).</param>
    /// <param name="error">A sentence that says what is wrong with it; empty if nothing is.</param>
    /// <returns>The object; null if the body is not one.</returns>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body, out string error)
    {
        var json = body.Span.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;
        JsonDocument? document = null;
        try
        {
            error = Utf8.IsValid(json.Span) ? "" : "The body is not valid UTF-8.";
            if (error.Length == 0)
            {
                document = JsonDocument.Parse(json, Options);
                error = Validate(document.RootElement, json.Span);
            }
        }
        catch (JsonException)
        {
            error = JsonSyntax.Explain(json.Span);
        }
        catch (InvalidOperationException)
        {
            error = JsonSyntax.HalfSurrogate;
        }

        if (error.Length > 0)
        {
            document?.Dispose();
            return null;
        }

        return document;
    }

    private static string Validate(JsonElement root, ReadOnlySpan<byte> json)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return $"The body must be a JSON object, not {JsonSyntax.NameOf(root.ValueKind)}.";
        }

        // An escaped half of a surrogate pair is valid to the parser, and an exception to code that reads it as a string.
        if (json.IndexOf(@"\ud"u8) >= 0 || json.IndexOf(@"\uD"u8) >= 0)
        {
            ReadEscapedStrings(root);
        }

        return "";
    }

    /// <exception cref="InvalidOperationException">A string has an unpaired surrogate.</exception>
    private static void ReadEscapedStrings(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            ReadIfEscaped(JsonMarshal.GetRawUtf8Value(element), element.GetString);
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                ReadEscapedStrings(item);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                ReadIfEscaped(JsonMarshal.GetRawUtf8PropertyName(property), () => property.Name);
                ReadEscapedStrings(property.Value);
            }
        }
    }

    private static void ReadIfEscaped(ReadOnlySpan<byte> raw, Func<string?> read)
    {
        if (raw.Contains((byte)'\\'))
        {
            _ = read();
        }
    }
}
