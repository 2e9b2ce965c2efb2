using System.Globalization;
using System.Text.Json;

namespace XQr.Api.Pipeline;

/// <content>Lists.</content>
internal sealed partial class JsonFields
{
    /// <summary>A list of at most <paramref name="max"/> objects, in which null means absent. A longer list isn't looked into.</summary>
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

    /// <summary>A list of strings. A list that is too long isn't looked into.</summary>
    /// <param name="name">The property.</param>
    /// <param name="most">The number of items that there may be.</param>
    /// <param name="fault">Says what is wrong with an item; null if nothing is.</param>
    public IReadOnlyList<string>? Texts(string name, int most, Func<string, string?> fault)
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

        if (value.GetArrayLength() > most)
        {
            AddError(name, string.Create(CultureInfo.InvariantCulture, $"must have at most {most:N0} items"));
            return null;
        }

        var texts = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            var text = item.ValueKind == JsonValueKind.String ? item.GetString()! : null;
            if ((text is null ? "must be a string" : fault(text)) is { } message)
            {
                AddError($"{name}[{texts.Count}]", message);
            }

            texts.Add(text ?? "");
        }

        return texts;
    }

    /// <summary>Short texts to group by, trimmed, each once.</summary>
    /// <param name="name">The property.</param>
    /// <param name="most">How many there may be.</param>
    /// <param name="length">How many characters each may have.</param>
    public IReadOnlyList<string>? Labels(string name, int most, int length)
    {
        // Repeated labels count once, so that some more than the limit may be sent.
        var max = most * 10;
        if (Raw(name) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > max)
        {
            AddError(name, $"must have at most {most} different items");
            return null;
        }

        if (Texts(name, max, LabelFault) is not { } labels)
        {
            return null;
        }

        string[] distinct = [.. labels.Select(label => label.Trim()).Distinct(StringComparer.Ordinal)];
        if (distinct.Length > most)
        {
            AddError(name, $"must have at most {most} different items");
        }

        return distinct;

        string? LabelFault(string label) =>
            label.Trim().Length is var trimmed && (trimmed < 1 || trimmed > length) ? $"must have 1 to {length} characters"
            : label.Any(char.IsControl) ? "must not have control characters"
            : null;
    }

    /// <summary>A list that must be there, of 1 to <paramref name="most"/> items of any kind.</summary>
    public IReadOnlyList<JsonElement> Items(string name, int most)
    {
        var value = Take(name);
        if (value is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() is var length && length >= 1 && length <= most)
        {
            return [.. list.EnumerateArray()];
        }

        AddError(name, $"must be an array of 1 to {most} items");
        return [];
    }
}
