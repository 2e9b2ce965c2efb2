using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline;

/// <summary>Reads the parameters of a query.</summary>
internal sealed class QueryReader(IQueryCollection query, FieldErrors errors) : IFields
{
    /// <summary>What an error message says a boolean of a query must be.</summary>
    public const string BooleanRule = "must be true or false";

    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);

    public string? Text(string name)
    {
        known.Add(name);
        if (!query.TryGetValue(name, out var values))
        {
            return null;
        }

        if (values.Count != 1)
        {
            AddError(name, "must appear only once");
        }

        return values.FirstOrDefault() ?? "";
    }

    public bool? Boolean(string name)
    {
        if (Text(name) is not { } text)
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

    public double? Number(string name, Func<double, bool> isRight, string rule)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && isRight(number))
        {
            return number;
        }

        AddError(name, rule);
        return null;
    }

    public int? Integer(string name, int min, int max)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        AddError(name, $"must be a whole number from {min} to {max}");
        return null;
    }

    public bool Has(string name)
    {
        known.Add(name);
        return query.ContainsKey(name);
    }

    public bool IsBlank(string name)
    {
        known.Add(name);
        return query.TryGetValue(name, out var values) && values.Count == 1 && string.IsNullOrWhiteSpace(values[0]);
    }

    public bool IsNull(string name) => false;

    public void AddError(string name, string message) => errors.Add(name, message);

    public void RejectUnknownProperties()
    {
        foreach (var name in query.Keys.Where(name => !known.Contains(name) && !ParameterNames.IsIgnored(name)))
        {
            AddError(name, "has no effect together with the other parameters: leave it out");
        }
    }
}
