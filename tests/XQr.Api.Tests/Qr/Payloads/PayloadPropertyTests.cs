using System.Text;
using CsCheck;

namespace XQr.Api.Tests.Qr.Payloads;

/// <summary>A parser that follows the format's grammar gets back exactly the values of the payload.</summary>
public sealed class PayloadPropertyTests
{
    private static readonly string[] Pieces =
        ["a", "Z", "0", " ", ";", ",", ":", "\\", "\"", "%", "&", "?", "=", "#", "+", "n", "%3B", "\\n", "T:WEP", "END:VCARD", "ü", "漢", "🍰"];

    private static readonly Gen<string> Line = TextOf(40, Pieces);

    private static readonly Gen<string> Lines = TextOf(40, [.. Pieces, "\n", "\r\n"]);

    private static readonly Gen<string> Ssid = TextOf(7, "a", " ", ";", ",", ":", "\\", "\"", "ü", "🍰");

    private static readonly Gen<string> Passphrase = Gen.Char[' ', '~'].Array[8, 63].Select(characters => new string(characters));

    [Fact]
    public void Wifi_IsReadBack() => Gen.Select(Ssid, Passphrase, Gen.Bool).Sample((ssid, password, hidden) =>
    {
        var text = PayloadReading.Text(("type", "wifi"), ("ssid", ssid), ("password", password), ("hidden", hidden ? "true" : "false"));

        string[] expected = ["T:WPA", $"S:{ssid}", $"P:{password}", .. hidden ? ["H:true"] : Array.Empty<string>(), "", ""];
        Assert.StartsWith("WIFI:", text, StringComparison.Ordinal);
        Assert.Equal(expected, Split(text["WIFI:".Length..], ';'));
    });

    [Fact]
    public void Email_IsReadBack() => Gen.Select(Line, Lines).Sample((subject, body) =>
    {
        var text = PayloadReading.Text(("type", "email"), ("to", "a@example.com"), ("subject", subject), ("body", body));

        Assert.StartsWith("mailto:a@example.com?", text, StringComparison.Ordinal);
        Assert.Equal(
            [$"subject={subject}", $"body={body.ReplaceLineEndings("\r\n")}"],
            text["mailto:a@example.com?".Length..].Split('&').Select(Uri.UnescapeDataString));
    });

    [Fact]
    public void VCard_IsReadBack() => Gen.Select(Line, Line, Line, Lines).Sample((first, last, organization, note) =>
    {
        var text = PayloadReading.Text(("type", "vcard"), ("first_name", first), ("last_name", last), ("organization", organization), ("note", note));

        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.Equal(
            ["BEGIN:VCARD", "VERSION:3.0", "N:", "FN:", "ORG:", "NOTE:", "END:VCARD", ""],
            Unfold(text).Select(line =>
                line.StartsWith("BEGIN", StringComparison.Ordinal) || line is "VERSION:3.0" or "END:VCARD" ? line : line[..(line.IndexOf(':') + 1)]));
        Assert.Equal([last, first, "", "", ""], Split(Value(text, "N:"), ';'));
        Assert.Equal([$"{first} {last}".Trim()], Split(Value(text, "FN:"), ';'));
        Assert.Equal([organization], Split(Value(text, "ORG:"), ';'));
        Assert.Equal([note.ReplaceLineEndings("\n")], Split(Value(text, "NOTE:"), ';'));
    });

    /// <summary>Begins with a letter, since a text of spaces alone counts as absent.</summary>
    private static Gen<string> TextOf(int max, params string[] pieces) =>
        Gen.Int[0, pieces.Length - 1].Array[0, max].Select(chosen => "x" + string.Concat(chosen.Select(index => pieces[index])));

    private static string[] Unfold(string text) => text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");

    private static string Value(string text, string name) =>
        Unfold(text).Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..];

    /// <summary>Splits a text at separators that have no backslash before them, and removes the backslashes.</summary>
    private static string[] Split(string text, char separator)
    {
        var (parts, part) = (new List<string>(), new StringBuilder());
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\\')
            {
                part.Append(text[++index] == 'n' ? '\n' : text[index]);
            }
            else if (text[index] == separator)
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
            {
                part.Append(text[index]);
            }
        }

        return [.. parts, part.ToString()];
    }
}
