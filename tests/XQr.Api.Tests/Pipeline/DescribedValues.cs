using System.Globalization;
using System.Text.Json.Nodes;
using XQr.Api.Tenancy;

namespace XQr.Api.Tests.Pipeline;

/// <summary>Creates values just inside and just outside of the bounds of a schema.</summary>
internal static class DescribedValues
{
    /// <summary>Returns the values, a valid one first.</summary>
    /// <param name="name">The name of the property.</param>
    /// <param name="schema">The schema of the property.</param>
    /// <param name="minimal">A function that returns a minimal object of a schema.</param>
    public static IEnumerable<(JsonNode? Value, bool IsValid)> Of(string name, JsonObject schema, Func<JsonNode, JsonObject> minimal) =>
        schema["enum"] is JsonArray names ? [.. names.Select(value => (value!.DeepClone(), true)), ("other", false)]
        : schema.ContainsKey("properties") ? [(minimal(schema), true), ("text", false)]
        : (schema["type"] is JsonArray types ? types.Select(type => (string)type!).First(type => type != "null") : (string)schema["type"]!) switch
        {
            "boolean" => [(true, true), (false, true), ("text", false)],
            "integer" => OfNumber(name, schema, 1),
            "number" => OfNumber(name, schema, 0.01m),
            "array" => OfArray(name, schema, minimal),
            _ => OfText(name, schema),
        };

    private static IEnumerable<(JsonNode? Value, bool IsValid)> OfNumber(string name, JsonObject schema, decimal step)
    {
        var (min, max) = ((decimal?)schema["minimum"], (decimal?)schema["maximum"]);

        // A percentage of 0 is invalid, although the description has an inclusive bound.
        if (min is { } least && name != "percentage")
        {
            yield return (least, true);
        }

        if (max is { } most)
        {
            yield return (most, true);
            yield return (most + step, false);
        }

        if (min is not null)
        {
            yield return (min - step, false);
        }

        yield return ("text", false);
    }

    private static IEnumerable<(JsonNode? Value, bool IsValid)> OfText(string name, JsonObject schema)
    {
        var (min, max) = ((int?)schema["minLength"], (int?)schema["maxLength"]);
        yield return (Text(name, min ?? 1), true);
        if (min is > 0)
        {
            yield return (Text(name, min.Value)[..(min.Value - 1)], false);
        }

        if (max is { } most)
        {
            yield return (Text(name, most), true);
            yield return (Text(name, most + 1), false);
        }

        // Only the download of a logo shows whether its URL is valid.
        if (schema.ContainsKey("pattern") && name != "logo_url")
        {
            yield return (Text(name, min ?? 1) + "\n", false);
            yield return ("<!>", false);
        }
    }

    private static IEnumerable<(JsonNode? Value, bool IsValid)> OfArray(string name, JsonObject schema, Func<JsonNode, JsonObject> minimal)
    {
        var (min, max) = ((int?)schema["minItems"], (int?)schema["maxItems"]);
        yield return (Items(1), true);
        if (min is > 0)
        {
            yield return (Items(min.Value - 1), false);
        }

        if (max is { } most)
        {
            yield return (Items(most), true);
            yield return (Items(most + 1), false);
        }

        if ((int?)schema["items"]!["maxLength"] is { } length)
        {
            yield return (new JsonArray(new string('a', length)), true);
            yield return (new JsonArray(new string('a', length + 1)), false);
            yield return (new JsonArray(""), false);
        }

        yield return ("text", false);

        JsonArray Items(int count) => [.. Enumerable.Range(0, count).Select(index => Item(name, schema["items"]!, index, minimal))];
    }

    private static JsonNode Item(string name, JsonNode schema, int index, Func<JsonNode, JsonObject> minimal) => name switch
    {
        "scopes" => Scopes.Known.Order(StringComparer.Ordinal).ElementAtOrDefault(index) ?? "other",
        "countries" => "DE",
        "device_types" => "mobile",
        "ids" or "link_ids" => $"0198f3a0-52c4-7d1e-9a6b-{index.ToString("x12", CultureInfo.InvariantCulture)}",
        _ => schema["$ref"] is null ? $"label {index}" : minimal(schema),
    };

    /// <summary>Returns a valid text of a length, or of the least length that such a text has.</summary>
    private static string Text(string name, int length) => name switch
    {
        "url" or "destination" or "logo_url" => "https://example.com/".PadRight(length, 'a'),
        "foreground_color" or "background_color" => name[0] == 'f' ? "#000" : "#FFF",
        "email" => "@example.com".PadLeft(Math.Max(length, 13), 'a'),
        "period" => "30d",
        "phone" or "mobile" => "110",
        "expires_at" => "2100-01-01T00:00:00Z",
        _ => new string('a', length),
    };
}
