using System.Globalization;
using System.Text.Json;

namespace XQr.Api.Pipeline;

/// <content>Lists.</content>
internal sealed partial class JsonFields
{
    /// <summary>Reads a list of objects. The items of a list that is too long are not read.</summary>
    /// <param name="name">The property.</param>
    /// <param name="nested">The rules of each object's properties.</param>
    public IReadOnlyList<JsonFields>? Objects(string name, FieldRules nested)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        var max = rules[name].Count!.Max;
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
                objects.Add(new(item, nested, errors, $"{path}{name}[{index}]."));
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
    /// <param name="validate">A function that returns the error of an item, or null.</param>
    /// <param name="maxSent">The maximum number of items if repeated ones count once; null for that of the rule.</param>
    public IReadOnlyList<string>? Texts(string name, Func<string, string?> validate, int? maxSent = null)
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

        var (rule, length) = (rules[name].Count!, value.GetArrayLength());
        var max = maxSent ?? rule.Max;
        if (length > max)
        {
            AddError(name, string.Create(CultureInfo.InvariantCulture, $"must have at most {max:N0} items"));
            return null;
        }

        if (length < rule.Min)
        {
            AddError(name, rule.ErrorMessage);
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

    /// <summary>Reads labels: short strings, trimmed, each once.</summary>
    public IReadOnlyList<string>? Labels(string name)
    {
        // Repeated labels count once, so the list may be longer than the limit.
        var rule = rules[name];
        var (max, maxSent) = (rule.Count!.Max, rule.Count.Max * 10);
        if (Raw(name) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > maxSent)
        {
            AddError(name, $"must have at most {max} different items");
            return null;
        }

        if (Texts(name, ValidateLabel, maxSent) is not { } labels)
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
            rule.ValidateItem(label.Trim()) ?? (label.Any(char.IsControl) ? "must not have control characters" : null);
    }

    /// <summary>Reads a required list of items of any kind.</summary>
    public IReadOnlyList<JsonElement> Items(string name)
    {
        var rule = rules[name].Count!;
        if (Raw(name) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() is var length && length >= rule.Min && length <= rule.Max)
        {
            return [.. list.EnumerateArray()];
        }

        AddError(name, rule.ErrorMessage);
        return [];
    }
}
