using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline;

/// <summary>Reads the parameters of a query and validates each by its rule. Each method returns null for an absent or invalid parameter.</summary>
/// <param name="query">The query.</param>
/// <param name="rules">The rules of its parameters.</param>
/// <param name="errors">The list that errors are added to.</param>
internal readonly struct QueryValues(IQueryCollection query, FieldRules rules, FieldErrors errors)
{
    public string? Text(string name)
    {
        if (Take(name) is not { } text)
        {
            return null;
        }

        if (rules[name].Validate(text) is { } error)
        {
            errors.Add(name, error);
            return null;
        }

        return text;
    }

    /// <summary>Reads <c>true</c>, <c>false</c>, <c>1</c> or <c>0</c> in any case: Python writes <c>True</c>.</summary>
    public bool? Boolean(string name)
    {
        if (Take(name) is not { } text)
        {
            return null;
        }

        if (text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (text == "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        errors.Add(name, "must be true or false");
        return null;
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

        errors.Add(name, rules[name].NumberError(isWhole: false));
        return null;
    }

    /// <summary>Reads a whole number.</summary>
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

        errors.Add(name, rules[name].NumberError(isWhole: true));
        return null;
    }

    /// <summary>Returns the value of a parameter, or adds the error of a required one that is absent.</summary>
    private string? Take(string name)
    {
        if (!query.TryGetValue(name, out var values))
        {
            if (rules[name].IsRequired)
            {
                errors.Add(name, "is required");
            }

            return null;
        }

        if (values.Count != 1)
        {
            errors.Add(name, "must appear only once");
        }

        return values.Count == 0 ? "" : values[0] ?? "";
    }
}
