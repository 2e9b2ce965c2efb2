using System.Text;

namespace XQr.Api.Qr.Payloads;

/// <summary>
/// Writes the lines of vCards (RFC 6350, section 3.2; RFC 2426, section 2.6) and iCalendar objects (RFC 5545, section 3.1):
/// <c>NAME:value</c> and CRLF. Lines are folded after 75 bytes by a line break and a space, never inside a character.
/// </summary>
internal sealed class ContentLines
{
    private const int MaxBytes = 75;

    private readonly StringBuilder lines = new();

    /// <summary>Adds a text unless it is null or empty. A backslash escapes <c>\ ; ,</c>, and a line break is <c>\n</c>.</summary>
    public void AddText(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Add(name, Escape(value));
        }
    }

    /// <summary>Adds a text of several parts unless all are null or empty.</summary>
    public void AddParts(string name, params string?[] parts)
    {
        if (parts.Any(part => !string.IsNullOrEmpty(part)))
        {
            Add(name, string.Join(';', parts.Select(Escape)));
        }
    }

    /// <summary>Adds a value without escaping, such as a URI, unless it is null or empty.</summary>
    public void AddRaw(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Add(name, value);
        }
    }

    public override string ToString() => lines.ToString();

    /// <summary>Returns the escaped form of a text.</summary>
    public static string Escape(string? value) => (value ?? "")
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace(";", @"\;", StringComparison.Ordinal)
        .Replace(",", @"\,", StringComparison.Ordinal)
        .ReplaceLineEndings(@"\n");

    private void Add(string name, string value)
    {
        var used = 0;
        foreach (var character in $"{name}:{value}".EnumerateRunes())
        {
            if (used + character.Utf8SequenceLength > MaxBytes)
            {
                lines.Append("\r\n ");
                used = 1;
            }

            lines.Append(character);
            used += character.Utf8SequenceLength;
        }

        lines.Append("\r\n");
    }
}
