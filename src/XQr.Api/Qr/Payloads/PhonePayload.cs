using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Payloads;

/// <summary>A number to call (RFC 3966), or to write to: <c>SMSTO:number:message</c>, whose message needs no escaping as it is the rest.</summary>
internal static class PhonePayload
{
    public static string? WriteTel(IFields fields) => $"tel:{RequiredNumber(fields)}";

    public static string? WriteSms(IFields fields)
    {
        var (number, message) = (RequiredNumber(fields), fields.Text("message"));
        return string.IsNullOrEmpty(message) ? $"SMSTO:{number}" : $"SMSTO:{number}:{message}";
    }

    /// <summary>A number without the signs that only make it easier to read; null where it is absent or wrong.</summary>
    public static string? Number(IFields fields, string name)
    {
        if (fields.Line(name) is not { } text)
        {
            return null;
        }

        var number = string.Concat(text.Where(character => !" -.()/".Contains(character, StringComparison.Ordinal)));
        var digits = number.StartsWith('+') ? number[1..] : number;
        if (digits.Length is >= 1 and <= 32 && digits.All(character => char.IsAsciiDigit(character) || (digits.Length == number.Length && character is '*' or '#')))
        {
            return number;
        }

        fields.Fault(name, "must be a phone number, as in +49 30 901820");
        return null;
    }

    private static string? RequiredNumber(IFields fields)
    {
        if (string.IsNullOrEmpty(fields.Text("phone")))
        {
            fields.Fault("phone", "is required");
            return null;
        }

        return Number(fields, "phone");
    }
}
