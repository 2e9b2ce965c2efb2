using System.Buffers;
using System.Text;

namespace XQr.Api.Urls;

/// <summary>Percent-encodes parts of URLs.</summary>
internal static class PercentEncoding
{
    private const string Visible = "!$%&'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    /// <summary>The visible ASCII characters, which headers and log lines can carry.</summary>
    public static SearchValues<char> VisibleAscii { get; } = SearchValues.Create(Visible + "\"#<>");

    /// <summary>The characters that browsers leave unencoded in a query (WHATWG URL Standard, query percent-encode set).</summary>
    public static SearchValues<char> Query { get; } = SearchValues.Create(Visible);

    /// <summary>Percent-encodes all other characters in UTF-8. Returns the text itself if there are none.</summary>
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
