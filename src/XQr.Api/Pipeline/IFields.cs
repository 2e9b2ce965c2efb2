namespace XQr.Api.Pipeline;

/// <summary>
/// Reads the fields of a body or a query one by one, validates each by its rule, and collects all errors. Each method returns null for an
/// absent or invalid field: check <see cref="FieldErrors.Any"/> before using the values.
/// </summary>
internal interface IFields
{
    string? Text(string name);

    bool? Boolean(string name);

    double? Number(string name);

    /// <summary>Reads a whole number.</summary>
    int? Integer(string name);

    /// <summary>Returns whether the field has a value.</summary>
    bool Has(string name);

    /// <summary>Returns whether the field is an empty string.</summary>
    bool IsEmpty(string name);

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
    /// <summary>Reads a value of an enumeration, which the API writes in snake_case.</summary>
    public static T? Choice<T>(this IFields fields, string name)
        where T : struct, Enum =>
        fields.Text(name) is { } text ? Enum.Parse<T>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true) : null;
}
