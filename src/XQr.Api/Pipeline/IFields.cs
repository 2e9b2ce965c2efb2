namespace XQr.Api.Pipeline;

/// <summary>
/// Reads the fields of a body or a query one by one and collects all errors. Each method returns null for an absent field and any value
/// for an invalid one: check <see cref="FieldErrors.Any"/> before using the values.
/// </summary>
internal interface IFields
{
    string? Text(string name);

    bool? Boolean(string name);

    /// <summary>Reads a number that follows a rule.</summary>
    double? Number(string name, Func<double, bool> isRight, string rule);

    /// <summary>Reads a whole number in a range, both ends included.</summary>
    int? Integer(string name, int min, int max);

    /// <summary>Returns whether the field has a value.</summary>
    bool Has(string name);

    /// <summary>Returns whether the field is a string that is empty or has only spaces.</summary>
    bool IsBlank(string name);

    /// <summary>Returns whether the field is null. A query has no null.</summary>
    bool IsNull(string name);

    /// <summary>Adds an error of a field.</summary>
    void AddError(string name, string message);

    /// <summary>Adds an error for each field that was not read, so that a typing error is not ignored.</summary>
    void RejectUnknownProperties();
}

internal static class FieldsExtensions
{
    /// <summary>Reads a field that must have one of some values.</summary>
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
