using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Payloads;

/// <summary>What the fields of payloads have in common.</summary>
internal static class PayloadFields
{
    /// <summary>A text that must be there.</summary>
    public static string? Required(this IFields fields, string name) => Given(fields, name, fields.Text(name));

    /// <summary>A line of text that must be there.</summary>
    public static string? RequiredLine(this IFields fields, string name) => Given(fields, name, fields.Line(name));

    /// <summary>A text on one line.</summary>
    public static string? Line(this IFields fields, string name)
    {
        var text = fields.Text(name);
        if (text?.Any(char.IsControl) == true)
        {
            fields.Fault(name, "must not have line breaks or other control characters");
        }

        return text;
    }

    private static string? Given(IFields fields, string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            fields.Fault(name, "is required");
        }

        return text;
    }
}
