namespace XQr.Api.Pipeline;

/// <summary>
/// Fields of a request, of its body or its query, read one by one, with every fault noted. Each method gives null where the field is
/// absent, and anything where it is wrong: ask <see cref="FieldErrors.Any"/> before using what was read.
/// </summary>
internal interface IFields
{
    string? Text(string name);

    bool? Boolean(string name);

    /// <summary>A number of which a rule holds.</summary>
    double? Number(string name, Func<double, bool> isRight, string rule);

    /// <summary>A whole number in a range, both ends included.</summary>
    int? Integer(string name, int min, int max);

    /// <summary>Whether the field is there with a value.</summary>
    bool Has(string name);

    /// <summary>Whether the field is there as a string that is empty or has nothing but spaces.</summary>
    bool IsBlank(string name);

    /// <summary>Whether the field is there as null, which a query has no way to say.</summary>
    bool IsNull(string name);

    /// <summary>Notes a fault of a field.</summary>
    void AddError(string name, string message);

    /// <summary>Notes the fields that nobody asked for: a typo must not be lost silently.</summary>
    void RejectUnknownProperties();
}

internal static class FieldsExtensions
{
    /// <summary>One of some names.</summary>
    public static string? Choice(this IFields fields, string name, params ReadOnlySpan<string> names)
    {
        var text = fields.Text(name);
        if (text is null || names.Contains(text))
        {
            return text;
        }

        fields.AddError(name, $"must be one of {string.Join(", ", names)}");
        return null;
    }
}
