using System.Text;

namespace XQr.Api.Qr.Payloads;

/// <summary>
/// Validates e-mail addresses without quotes, comments and address literals (RFC 5322, section 3.4.1; RFC 6531 for non-ASCII letters). The
/// other forms are valid but so rare that they are usually mistakes.
/// </summary>
internal static class MailAddress
{
    /// <summary>
    /// The end of the message about an invalid address. A + in a query is a space, which is the most common mistake.
    /// </summary>
    public const string Example = "as in ada@example.com; in a query send a + as %2B";

    /// <summary>RFC 5321, sections 4.5.3.1.1 and 4.5.3.1.3.</summary>
    private const int MaxLocalBytes = 64;

    private const int MaxBytes = 254;

    /// <summary>RFC 1035, section 2.3.4.</summary>
    private const int MaxLabelLength = 63;

    /// <summary>The specials of RFC 5322, section 3.2.3, apart from the dot.</summary>
    private const string Specials = "()<>[]:;@\\,\"";

    public static bool IsValid(string text) =>
        text.Split('@') is [var local, var domain]
        && Encoding.UTF8.GetByteCount(text) <= MaxBytes
        && Encoding.UTF8.GetByteCount(local) <= MaxLocalBytes
        && local.Split('.').All(atom => atom.Length > 0 && atom.All(IsAtomText))
        && domain.Split('.').All(IsLabel);

    private static bool IsAtomText(char character) =>
        !char.IsWhiteSpace(character) && !char.IsControl(character) && !Specials.Contains(character, StringComparison.Ordinal);

    private static bool IsLabel(string label) =>
        label.Length is >= 1 and <= MaxLabelLength
        && !label.StartsWith('-')
        && !label.EndsWith('-')
        && label.All(character => char.IsAscii(character) ? char.IsAsciiLetterOrDigit(character) || character == '-' : !char.IsWhiteSpace(character));
}
