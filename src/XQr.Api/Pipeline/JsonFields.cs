using System.Text.Json;
using XQr.Api.Primitives;
using XQr.Api.Urls;

namespace XQr.Api.Pipeline;

/// <summary>
/// Reads the properties of a JSON object one by one, validates each by its rule, and collects all errors, including unknown properties. Each
/// method returns null for an absent or invalid property: check <see cref="FieldErrors.Any"/> before using the values.
/// </summary>
/// <param name="json">The object.</param>
/// <param name="rules">The rules of its properties.</param>
/// <param name="errors">The list that errors are added to.</param>
/// <param name="path">The path of the object with a dot at its end; empty for the body itself.</param>
internal sealed partial class JsonFields(JsonElement json, FieldRules rules, FieldErrors errors, string path = "") : IFields
{
    private ReadFields read = new(rules);

    public FieldErrors Errors => errors;

    /// <summary>Gets the names of the properties that the request can't change.</summary>
    public IReadOnlyList<string> ReadOnly => rules.ReadOnly;

    /// <summary>Adds an error of a property.</summary>
    public void AddError(string name, string message) => errors.Add(path + name, message);

    /// <summary>Returns whether the property has a value.</summary>
    public bool Has(string name) => Raw(name) is { ValueKind: not JsonValueKind.Null };

    /// <summary>Returns whether the property is null, for properties that null clears.</summary>
    public bool IsNull(string name) => Raw(name) is { ValueKind: JsonValueKind.Null };

    public bool IsEmpty(string name) => Raw(name) is { ValueKind: JsonValueKind.String } value && value.ValueEquals("");

    public bool IsBlank(string name) => Raw(name) is { ValueKind: JsonValueKind.String } value && string.IsNullOrWhiteSpace(value.GetString());

    /// <summary>Returns the property as it was sent, including null; no value if it is absent.</summary>
    public JsonElement? Raw(string name)
    {
        read.Add(name);
        return json.TryGetProperty(name, out var value) ? value : null;
    }

    public string? Text(string name)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            AddError(name, "must be a string");
            return null;
        }

        var (rule, text) = (rules[name], value.GetString()!);
        text = rule.IsName ? text.Trim() : text;
        if (rule.Validate(text) is { } error)
        {
            AddError(name, error);
            return null;
        }

        return text;
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

    public double? Number(string name) => Number(name, isWhole: false);

    /// <summary>Reads a whole number. 5.0 and 5e0 are the same as 5.</summary>
    public int? Integer(string name) => (int?)Number(name, isWhole: true);

    /// <summary>Reads an object in this one.</summary>
    /// <param name="name">The property.</param>
    /// <param name="nested">The rules of the object's properties.</param>
    public JsonFields? Object(string name, FieldRules nested)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new(value, nested, errors, $"{path}{name}.");
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

    /// <summary>Reads a date and time that must be in the future.</summary>
    public DateTimeOffset? FutureTime(string name, DateTimeOffset now)
    {
        var time = Time(name);
        if (time <= now)
        {
            AddError(name, "must be in the future");
        }

        return time;
    }

    /// <summary>Reads an absolute http or https URL.</summary>
    public HttpUrl? Url(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (HttpUrl.TryParse(text, out var error) is { } url)
        {
            return url;
        }

        AddError(name, error!);
        return null;
    }

    /// <summary>Adds an error for each property that was not read, so that a typing error is not ignored.</summary>
    public void RejectUnknownProperties()
    {
        foreach (var property in json.EnumerateObject())
        {
            // The names are compared without creating strings, because a hostile body may have a hundred thousand properties.
            if (read.Contains(property, static (property, name) => property.NameEquals(name)))
            {
                continue;
            }

            if (errors.IsFull)
            {
                errors.AddUnlisted();
            }
            else
            {
                var closest = ClosestName.Find(property.Name, read.Names);
                AddError(property.Name, closest is null ? "is not a known property" : $"is not a known property; did you mean {closest}?");
            }
        }
    }

    private double? Number(string name, bool isWhole)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        var rule = rules[name];
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && rule.Includes(number)
            && (!isWhole || (double.IsInteger(number) && Math.Abs(number) <= int.MaxValue)))
        {
            return number;
        }

        AddError(name, rule.NumberError(isWhole));
        return null;
    }

    /// <summary>Returns the value of a property, or adds the error of a required one that is absent.</summary>
    private JsonElement? Take(string name)
    {
        var value = Raw(name);
        if (value is { ValueKind: not JsonValueKind.Null })
        {
            return value;
        }

        var rule = rules[name];
        if (value is not null && rule.RejectsNull)
        {
            AddError(name, "must not be null");
        }
        else if (rule.IsRequired)
        {
            AddError(name, "is required");
        }

        return null;
    }
}
