using System.Net.Mail;

namespace XQr.Api.Tenancy;

/// <summary>Validates and compares e-mail addresses.</summary>
internal static class EmailAddress
{
    /// <summary>The limit of RFC 5321, section 4.5.3.1.3, without the angle brackets.</summary>
    public const int MaxLength = 254;

    /// <summary>The rule for an address, as the end of a sentence that begins with the field's name.</summary>
    public const string Rule = "must be an e-mail address";

    /// <summary>Returns whether a text is an address alone, without a display name.</summary>
    public static bool IsWellFormed(string text) =>
        text.Length <= MaxLength
        && !text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character))
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text;

    /// <summary>Returns whether two addresses are the same. The case of ASCII letters is ignored.</summary>
    public static bool AreSame(string one, string other) => Normalize(one) == Normalize(other);

    /// <summary>
    /// Returns the form in which addresses are compared, with ASCII letters in lower case. Other letters are kept, because some of them
    /// have ASCII letters as their lower case (U+212A becomes k), which would make two addresses of different people the same.
    /// </summary>
    public static string Normalize(string text) =>
        string.Create(text.Length, text, (normal, given) =>
        {
            for (var i = 0; i < normal.Length; i++)
            {
                normal[i] = char.IsAsciiLetterUpper(given[i]) ? (char)(given[i] | 0x20) : given[i];
            }
        });
}
