using System.Net.Mail;

namespace XQr.Api.Tenancy;

/// <summary>E-mail addresses of people.</summary>
internal static class EmailAddress
{
    /// <summary>RFC 5321, section 4.5.3.1.3, less the angle brackets.</summary>
    public const int MaxLength = 254;

    /// <summary>Whether a text is an address alone, without a name around it.</summary>
    public static bool IsWellFormed(string text) =>
        text.Length <= MaxLength && !text.Any(char.IsWhiteSpace) && !text.Any(char.IsControl) && MailAddress.TryCreate(text, out var address) && address.Address == text;

    /// <summary>
    /// The form in which addresses are compared: without regard to the case of ASCII letters only. Other letters change into ASCII ones
    /// when their case is changed (U+212A into k), so that somebody else's address would be the same.
    /// </summary>
    public static string Normal(string text) =>
        string.Create(text.Length, text, (normal, given) =>
        {
            for (var i = 0; i < normal.Length; i++)
            {
                normal[i] = char.IsAsciiLetterUpper(given[i]) ? (char)(given[i] | 0x20) : given[i];
            }
        });
}
