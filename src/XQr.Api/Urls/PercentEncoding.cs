using System.Buffers;
using System.Text;

namespace XQr.Api.Urls;

/// <summary>Percent-encodes parts of URLs.</summary>
internal static class PercentEncoding
{
    private const string Visible = "!$%&'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    /// <summary>Gets the visible ASCII characters, which headers and log lines can carry.</summary>
    public static SearchValues<char> VisibleAscii { get; } = SearchValues.Create(Visible + "\"#<>");

    /// <summary>Gets the characters that browsers do not encode in a query (WHATWG URL Standard, query percent-encode set).</summary>
    public static SearchValues<char> Query { get; } = SearchValues.Create(Visible);

    /// <summary>Percent-encodes all characters in UTF-8, except those in <paramref name="unencoded"/>.</summary>
    public static string Encode(string text, SearchValues<char> unencoded)
    {
        if (!text.AsSpan().ContainsAnyExcept(unencoded))
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 32);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && unencoded.Contains((char)rune.Value))
            {
                result.Append((char)rune.Value);
                continue;
            }

            foreach (var unit in utf8[..rune.EncodeToUtf8(utf8)])
            {
                result.Append('%').Append(Convert.ToHexString([unit]));
            }
        }

        return result.ToString();
    }
}
