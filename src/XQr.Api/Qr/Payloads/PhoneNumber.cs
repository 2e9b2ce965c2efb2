using System.Globalization;
using XQr.Api.Pipeline;

namespace XQr.Api.Qr.Payloads;

/// <summary>
/// A phone number without separators: spaces, dashes, dots and brackets (RFC 3966, section 5.1.1). Other characters are kept or rejected,
/// because a number without them would be another number.
/// </summary>
/// <param name="Text">An international number with its <c>+</c>, or a number as it is dialled within a country or network.</param>
internal sealed record PhoneNumber(string Text)
{
    private const string Example = "as in +49 30 901820";

    /// <summary>ITU-T E.164, section 6.1.</summary>
    private const int MaxInternationalDigits = 15;

    private const int MaxDialledCharacters = 32;

    /// <summary>Returns a tel URI. A <c>#</c> is encoded because it would start the fragment (RFC 3986, section 3.5).</summary>
    public string Uri => $"tel:{Text.Replace("#", "%23", StringComparison.Ordinal)}";

    /// <summary>Reads a required number.</summary>
    public static PhoneNumber? ReadRequired(IFields fields, string name)
    {
        if (!fields.Has(name))
        {
            fields.AddError(name, "is required");
            return null;
        }

        return Read(fields, name);
    }

    /// <summary>Reads a number, or null if it is absent or invalid.</summary>
    public static PhoneNumber? Read(IFields fields, string name)
    {
        if (fields.Filled(name) is not { } text)
        {
            return null;
        }

        var number = string.Concat(text.Where(character => !IsSeparator(character)));
        if (Validate(text, number) is { } message)
        {
            fields.AddError(name, message);
            return null;
        }

        return new(number);
    }

    /// <summary>Returns the error of a number, or null.</summary>
    /// <param name="text">The number in the request.</param>
    /// <param name="number">The number without separators.</param>
    private static string? Validate(string text, string number)
    {
        var isInternational = number.StartsWith('+');
        var dialled = isInternational ? number[1..] : number;
        if (text.Any(char.IsControl))
        {
            return PayloadFields.NoControlCharacters;
        }

        if (text[0] == ' ' && !isInternational)
        {
            return $"must not begin with a space, which is what a + in a query means: send the + as %2B, {Example}";
        }

        if (dialled.FirstOrDefault(character => !IsDialled(character)) is var other and not default(char))
        {
            return $"must not have the character {other}: send digits with spaces, dashes, dots or brackets between them, {Example}";
        }

        return isInternational ? ValidateInternational(text, dialled)
            : dialled.Length is 0 or > MaxDialledCharacters ? $"must have 1 to {MaxDialledCharacters} digits, {Example}"
            : null;
    }

    private static string? ValidateInternational(string text, string digits)
    {
        if (digits.AsSpan().ContainsAny('*', '#'))
        {
            return $"must not have * or # after a country code, {Example}";
        }

        if (digits.Length is 0 or > MaxInternationalDigits || digits[0] == '0')
        {
            return $"must have a country code and at most {MaxInternationalDigits} digits after the +, {Example}";
        }

        // The country decides if this zero is dialled from abroad: not in Germany, +49 (0)30, but in Italy, +39 (0)6.
        return text.Split('(').Skip(1).Any(part => part.FirstOrDefault(character => !IsSeparator(character)) == '0')
            ? $"must not have a 0 in brackets after the country code: send the number as it is dialled from abroad, {Example}"
            : null;
    }

    private static bool IsDialled(char character) => char.IsAsciiDigit(character) || character is '*' or '#';

    /// <summary>The separators, including dashes, spaces and invisible marks in text that is copied from pages and address books.</summary>
    private static bool IsSeparator(char character) => character is '.' or '(' or ')'
        || char.GetUnicodeCategory(character) is UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation or UnicodeCategory.Format;
}
