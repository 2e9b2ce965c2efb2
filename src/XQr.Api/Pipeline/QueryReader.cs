using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline;

/// <summary>Reads the parameters of a query one by one, and validates each by its rule.</summary>
/// <param name="query">The query.</param>
/// <param name="rules">The rules of its parameters.</param>
/// <param name="errors">The list that errors are added to.</param>
internal sealed class QueryReader(IQueryCollection query, FieldRules rules, FieldErrors errors) : IFields
{
    /// <summary>The rule for a boolean in a query, as the end of a sentence that begins with its name.</summary>
    public const string BooleanRule = "must be true or false";

    private ReadFields read = new(rules);

    public string? Text(string name)
    {
        if (Take(name) is not { } text)
        {
            return null;
        }

        if (rules[name].Validate(text) is { } error)
        {
            AddError(name, error);
            return null;
        }

        return text;
    }

    public bool? Boolean(string name)
    {
        if (Take(name) is not { } text)
        {
            return null;
        }

        if (TryReadBoolean(text, out var value))
        {
            return value;
        }

        AddError(name, BooleanRule);
        return null;
    }

    /// <summary>Reads <c>true</c>, <c>false</c>, <c>1</c> or <c>0</c> in any case: Python writes <c>True</c>.</summary>
    public static bool TryReadBoolean(string text, out bool value)
    {
        value = text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase);
        return value || text == "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase);
    }

    public double? Number(string name)
    {
        if (Take(name) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && rules[name].Includes(number))
        {
            return number;
        }

        AddError(name, rules[name].NumberError(isWhole: false));
        return null;
    }

    public int? Integer(string name)
    {
        if (Take(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && rules[name].Includes(number))
        {
            return number;
        }

        AddError(name, rules[name].NumberError(isWhole: true));
        return null;
    }

    public bool Has(string name)
    {
        read.Add(name);
        return query.ContainsKey(name);
    }

    public bool IsEmpty(string name) => Raw(name) is "";

    public bool IsBlank(string name) => Raw(name) is { } text && string.IsNullOrWhiteSpace(text);

    public bool IsNull(string name) => false;

    public void AddError(string name, string message) => errors.Add(name, message);

    public void RejectUnknownProperties()
    {
        foreach (var name in query.Keys)
        {
            if (!read.Contains(name, static (name, known) => name.Equals(known, StringComparison.OrdinalIgnoreCase))
                && !ParameterNames.IsIgnored(name))
            {
                AddError(name, "has no effect together with the other parameters: leave it out");
            }
        }
    }

    /// <summary>Returns the value of a parameter, or adds the error of a required one that is absent.</summary>
    private string? Take(string name)
    {
        read.Add(name);
        if (!query.TryGetValue(name, out var values))
        {
            if (rules[name].IsRequired)
            {
                AddError(name, "is required");
            }

            return null;
        }

        if (values.Count != 1)
        {
            AddError(name, "must appear only once");
        }

        return values.FirstOrDefault() ?? "";
    }

    /// <summary>Returns a parameter as it was sent, or null if it is absent or repeated.</summary>
    private string? Raw(string name)
    {
        read.Add(name);
        return query.TryGetValue(name, out var values) && values.Count == 1 ? values[0] : null;
    }
}
