using System.Buffers;
using System.Text;

namespace XQr.Api.Urls;

/// <summary>Percent-encodes parts of URLs.</summary>
internal static class PercentEncoding
{
    private const string Visible = "!$%&'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    /// <summary>What a header and a log line can carry: the visible characters of ASCII.</summary>
    public static SearchValues<char> VisibleAscii { get; } = SearchValues.Create(Visible + "\"#<>");

    /// <summary>What a query has unencoded in browsers (WHATWG URL Standard, query percent-encode set).</summary>
    public static SearchValues<char> Query { get; } = SearchValues.Create(Visible);

    /// <summary>Percent-encodes, in UTF-8, what isn't among the characters. Where there is nothing to do, the text itself is returned.</summary>
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
