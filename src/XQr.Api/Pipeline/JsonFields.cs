using System.Globalization;
using System.Text.Json;

namespace XQr.Api.Pipeline;

/// <summary>
/// Reads the properties of a JSON object one by one, noting every fault, unknown properties included. Each method gives null or the
/// default where the property is absent or wrong: ask <see cref="FieldErrors.Any"/> before using what was read.
/// </summary>
/// <param name="json">The object.</param>
/// <param name="nullIsAbsent">Whether null means that the property is absent (creating), or is an error (changing).</param>
/// <param name="errors">Takes the faults.</param>
internal sealed class JsonFields(JsonElement json, bool nullIsAbsent, FieldErrors errors)
{
    private static readonly string[] TimeFormats = ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK"];

    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public FieldErrors Errors => errors;

    /// <summary>Whether the property stands there with a value.</summary>
    public bool Has(string name) => Take(name) is not null;

    /// <summary>Whether the property stands there as null. For properties that null clears.</summary>
    public bool IsNull(string name)
    {
        known.Add(name);
        return json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;
    }

    public string? Text(string name)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        errors.Add(name, "must be a text");
        return null;
    }

    public bool? Boolean(string name)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        errors.Add(name, "must be true or false");
        return null;
    }

    /// <summary>A list of texts; <paramref name="fault"/> says what is wrong with one, or null.</summary>
    public IReadOnlyList<string>? Texts(string name, Func<string, string?> fault)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            errors.Add(name, "must be a list of texts");
            return null;
        }

        var texts = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            var text = item.ValueKind == JsonValueKind.String ? item.GetString()! : null;
            if ((text is null ? "must be a text" : fault(text)) is { } message)
            {
                errors.Add($"{name}[{texts.Count}]", message);
            }

            texts.Add(text ?? "");
        }

        return texts;
    }

    /// <summary>A list that must be there, of 1 to <paramref name="most"/> items of any kind.</summary>
    public IReadOnlyList<JsonElement> Items(string name, int most)
    {
        var value = Take(name);
        if (value is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() is var length && length >= 1 && length <= most)
        {
            return [.. list.EnumerateArray()];
        }

        errors.Add(name, $"must be a list of 1 to {most}");
        return [];
    }

    /// <summary>A time in ISO 8601, UTC where it has no offset.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(
            text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        errors.Add(name, "must be a time in ISO 8601, as in 2026-03-01T14:00:00Z");
        return null;
    }

    /// <summary>Notes the properties that nobody asked for: a typo must not be lost silently.</summary>
    public void RefuseOthers()
    {
        foreach (var property in json.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                errors.Add(property.Name, "is not a property here");
            }
        }
    }

    private JsonElement? Take(string name)
    {
        known.Add(name);
        if (!json.TryGetProperty(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Null)
        {
            return value;
        }

        if (!nullIsAbsent)
        {
            errors.Add(name, "must not be null");
        }

        return null;
    }
}
