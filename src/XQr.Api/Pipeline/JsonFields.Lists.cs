using System.Globalization;
using System.Text.Json;

namespace XQr.Api.Pipeline;

/// <content>Lists.</content>
internal sealed partial class JsonFields
{
    /// <summary>Reads a list of objects, in which null stands for an absent property. The items of a list that is too long are not read.</summary>
    public IReadOnlyList<JsonFields>? Objects(string name, int max)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > max)
        {
            AddError(name, $"must be an array of at most {max} objects");
            return null;
        }

        var objects = new List<JsonFields>();
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                objects.Add(new(item, nullIsAbsent: true, errors, $"{path}{name}[{index}]."));
            }
            else
            {
                AddError($"{name}[{index}]", "must be an object");
            }
        }

        return objects;
    }

    /// <summary>Reads a list of strings. The items of a list that is too long are not read.</summary>
    /// <param name="name">The property.</param>
    /// <param name="max">The largest number of items.</param>
    /// <param name="validate">Returns the error of an item; null for a valid one.</param>
    public IReadOnlyList<string>? Texts(string name, int max, Func<string, string?> validate)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            AddError(name, "must be an array of strings");
            return null;
        }

        if (value.GetArrayLength() > max)
        {
            AddError(name, string.Create(CultureInfo.InvariantCulture, $"must have at most {max:N0} items"));
            return null;
        }

        var texts = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            var text = item.ValueKind == JsonValueKind.String ? item.GetString()! : null;
            if ((text is null ? "must be a string" : validate(text)) is { } message)
            {
                AddError($"{name}[{texts.Count}]", message);
            }

            texts.Add(text ?? "");
        }

        return texts;
    }

    /// <summary>Reads labels: short texts, trimmed, each once.</summary>
    /// <param name="name">The property.</param>
    /// <param name="max">The largest number of different labels.</param>
    /// <param name="maxLength">The largest number of characters of a label.</param>
    public IReadOnlyList<string>? Labels(string name, int max, int maxLength)
    {
        // Repeated labels count once, so the list may be longer than the limit.
        var maxSent = max * 10;
        if (Raw(name) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > maxSent)
        {
            AddError(name, $"must have at most {max} different items");
            return null;
        }

        if (Texts(name, maxSent, ValidateLabel) is not { } labels)
        {
            return null;
        }

        string[] distinct = [.. labels.Select(label => label.Trim()).Distinct(StringComparer.Ordinal)];
        if (distinct.Length > max)
        {
            AddError(name, $"must have at most {max} different items");
        }

        return distinct;

        string? ValidateLabel(string label) =>
            label.Trim().Length is var trimmed && (trimmed < 1 || trimmed > maxLength) ? $"must have 1 to {maxLength} characters"
            : label.Any(char.IsControl) ? "must not have control characters"
            : null;
    }

    /// <summary>Reads a required list of 1 to <paramref name="max"/> items of any kind.</summary>
    public IReadOnlyList<JsonElement> Items(string name, int max)
    {
        var value = Take(name);
        if (value is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() is var length && length >= 1 && length <= max)
        {
            return [.. list.EnumerateArray()];
        }

        AddError(name, $"must be an array of 1 to {max} items");
        return [];
    }
}
