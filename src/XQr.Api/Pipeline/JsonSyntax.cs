using System.Text.Json;

namespace XQr.Api.Pipeline;

/// <summary>Explains where and why a text is not JSON. The parser's own messages are for .NET developers.</summary>
internal static class JsonSyntax
{
    public const string HalfSurrogate = "The body has a string with an unpaired surrogate.";

    private const int MaxDepth = 64;

    /// <summary>Explains why valid UTF-8 is not JSON.</summary>
    public static string Explain(ReadOnlySpan<byte> json)
    {
        if (json.Trim(" \t\r\n"u8).IsEmpty)
        {
            return "The body is empty; send a JSON object.";
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var names = new Stack<HashSet<string>>();
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= MaxDepth && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                {
                    return $"The body is nested deeper than {MaxDepth} levels.";
                }

                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    names.Push(new(StringComparer.Ordinal));
                }
                else if (reader.TokenType == JsonTokenType.EndObject)
                {
                    names.Pop();
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && reader.GetString() is { } name && !names.Peek().Add(name))
                {
                    return $"The body has the property {Shorten(name)} twice in one object.";
                }
            }

            return "The body is not valid JSON.";
        }
        catch (JsonException exception)
        {
            return At(json, (int)(exception.LineNumber ?? 0), (int)(exception.BytePositionInLine ?? 0));
        }
        catch (InvalidOperationException)
        {
            return HalfSurrogate;
        }
    }

    /// <summary>Returns the name of a kind of value for error messages.</summary>
    public static string NameOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        JsonValueKind.Object => "an object",
        _ => "true or false",
    };

    /// <summary>Explains the error with its line and byte, counted from 1.</summary>
    private static string At(ReadOnlySpan<byte> json, int line, int position)
    {
        var rest = json;
        for (var i = 0; i < line; i++)
        {
            rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
        }

        var place = $"line {line + 1}, byte {position + 1}";
        return position >= rest.Length ? $"The body is not valid JSON: it ends too early, at {place}."
            : rest[position] is > 0x20 and < 0x7F ? $"The body is not valid JSON at {place}, near '{(char)rest[position]}'."
            : $"The body is not valid JSON at {place}.";
    }

    private static string Shorten(string name) => name.Length <= 100 ? name : $"{name[..99]}…";
}
