using System.Globalization;
using System.Text.Json;
using XQr.Api.Primitives;

namespace XQr.Api.Pipeline;

/// <summary>
/// Reads the properties of a JSON object one by one and collects all errors, including unknown properties. Each method returns null or
/// the default for an absent or invalid property: check <see cref="FieldErrors.Any"/> before using the values.
/// </summary>
/// <param name="json">The object.</param>
/// <param name="nullIsAbsent">True if null stands for an absent property (create), false if it is an error (update).</param>
/// <param name="errors">The list that errors are added to.</param>
/// <param name="path">The path of the object with a dot at its end; empty for the body itself.</param>
internal sealed partial class JsonFields(JsonElement json, bool nullIsAbsent, FieldErrors errors, string path = "") : IFields
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public FieldErrors Errors => errors;

    /// <summary>Adds an error of a property.</summary>
    public void AddError(string name, string message) => errors.Add(path + name, message);

    /// <summary>Returns whether the property has a value.</summary>
    public bool Has(string name) => Take(name) is not null;

    /// <summary>Returns whether the property is null, for properties that null clears.</summary>
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

    /// <summary>Returns the property as it was sent, including null; no value if it is absent.</summary>
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

    /// <summary>Reads a number that follows a rule.</summary>
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

    /// <summary>Reads a whole number in a range, both ends included. 5.0 and 5e0 are the same as 5.</summary>
    public int? Integer(string name, int min, int max) => (int?)Number(
        name,
        number => number >= min && number <= max && double.IsInteger(number),
        string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {min} to {max:N0}"));

    /// <summary>Reads an object in this one. Null stands for an absent property in it.</summary>
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

    /// <summary>Reads a date and time, see <see cref="Rfc3339"/>.</summary>
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

    /// <summary>Adds an error for each property that was not read, so that a typing error is not ignored.</summary>
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
                var closest = ClosestName.Find(property.Name, known);
                AddError(property.Name, closest is null ? "is not a known property" : $"is not a known property; did you mean {closest}?");
            }
        }
    }

    /// <summary>Compares names without creating strings, because a hostile body may have a hundred thousand properties.</summary>
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
