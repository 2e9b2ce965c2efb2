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
/// <param name="path">Where the object is, with a dot at its end; empty for the body itself.</param>
internal sealed partial class JsonFields(JsonElement json, bool nullIsAbsent, FieldErrors errors, string path = "") : IFields
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public FieldErrors Errors => errors;

    /// <summary>Notes a fault of a property.</summary>
    public void AddError(string name, string message) => errors.Add(path + name, message);

    /// <summary>Whether the property stands there with a value.</summary>
    public bool Has(string name) => Take(name) is not null;

    /// <summary>Whether the property stands there as null. For properties that null clears.</summary>
    public bool IsNull(string name)
    {
        known.Add(name);
        return json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;
    }

    public bool IsBlank(string name)
    {
        known.Add(name);
        return json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString());
    }

    /// <summary>The property as it was sent, null included; nothing where it is absent.</summary>
    public JsonElement? Raw(string name)
    {
        known.Add(name);
        return json.TryGetProperty(name, out var value) ? value : null;
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

        AddError(name, "must be a string");
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

        AddError(name, "must be true or false");
        return null;
    }

    /// <summary>A number in a range.</summary>
    public double? Number(string name, Func<double, bool> isRight, string rule)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && isRight(number))
        {
            return number;
        }

        AddError(name, rule);
        return null;
    }

    /// <summary>A whole number in a range, both ends included; 5.0 and 5e0 are as good as 5.</summary>
    public int? Integer(string name, int min, int max) => (int?)Number(
        name,
        number => number >= min && number <= max && double.IsInteger(number),
        string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {min} to {max:N0}"));

    /// <summary>An object in this one. Null means absent in it: there is nothing to keep.</summary>
    public JsonFields? Object(string name)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new(value, nullIsAbsent: true, errors, $"{path}{name}.");
        }

        AddError(name, "must be an object");
        return null;
    }

    /// <summary>A date and time, see <see cref="Rfc3339"/>.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Rfc3339.TryParseTime(text, out var time))
        {
            return time;
        }

        AddError(name, Rfc3339.TimeRule);
        return null;
    }

    /// <summary>Notes the properties that nobody asked for: a typo must not be lost silently.</summary>
    public void RejectUnknownProperties()
    {
        foreach (var property in json.EnumerateObject())
        {
            if (IsKnown(property))
            {
                continue;
            }

            if (errors.IsFull)
            {
                errors.AddUnlisted();
            }
            else
            {
                AddError(property.Name, ClosestName.Find(property.Name, known) is { } close ? $"is not a known property; did you mean {close}?" : "is not a known property");
            }
        }
    }

    /// <summary>Compares without making strings: a hostile body has a hundred thousand properties.</summary>
    private bool IsKnown(JsonProperty property)
    {
        foreach (var name in known)
        {
            if (property.NameEquals(name))
            {
                return true;
            }
        }

        return false;
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
            AddError(name, "must not be null");
        }

        return null;
    }
}
