using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Payloads;

/// <summary>Reads the fields of payloads. Empty and blank strings count as absent.</summary>
internal static class PayloadFields
{
    public const string NoControlCharacters = "must not have line breaks or other control characters";

    /// <summary>Reads a string, or null if it is absent or blank.</summary>
    public static string? Filled(this IFields fields, string name) => fields.Text(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>Reads a string without control characters, or null if it is absent or blank.</summary>
    public static string? Line(this IFields fields, string name)
    {
        var text = fields.Filled(name);
        if (text?.Any(char.IsControl) == true)
        {
            fields.AddError(name, NoControlCharacters);
        }

        return text;
    }

    /// <summary>Reads a required string.</summary>
    public static string? Required(this IFields fields, string name) => Required(fields, name, fields.Filled(name));

    /// <summary>Reads a required string without control characters.</summary>
    public static string? RequiredLine(this IFields fields, string name) => Required(fields, name, fields.Line(name));

    private static string? Required(IFields fields, string name, string? text)
    {
        // A present value that is not a string has been rejected already.
        if (text is null && !fields.Has(name))
        {
            fields.AddError(name, "is required");
        }

        return text;
    }
}
