using System.Text;

namespace XQr.Api.Urls;

/// <summary>Encodes and decodes Punycode (RFC 3492), without the prefix <c>xn--</c>.</summary>
internal static class Punycode
{
    private const int Base = 36;
    private const int MinThreshold = 1;
    private const int MaxThreshold = 26;
    private const int Skew = 38;
    private const int Damp = 700;
    private const int InitialBias = 72;
    private const int InitialPoint = 0x80;

    /// <summary>Encodes a label. The caller limits its length: the time grows with its square.</summary>
    public static string Encode(IReadOnlyList<int> points)
    {
        var result = new StringBuilder();
        foreach (var point in points.Where(point => point < InitialPoint))
        {
            result.Append((char)point);
        }

        var basic = result.Length;
        if (basic > 0)
        {
            result.Append('-');
        }

        var (handled, current, delta, bias) = (basic, InitialPoint, 0, InitialBias);
        while (handled < points.Count)
        {
            var next = points.Where(point => point >= current).Min();
            delta += (next - current) * (handled + 1);
            current = next;
            foreach (var point in points)
            {
                if (point < current)
                {
                    delta++;
                }
                else if (point == current)
                {
                    AppendNumber(result, delta, bias);
                    bias = Adapt(delta, handled + 1, isFirst: handled == basic);
                    delta = 0;
                    handled++;
                }
            }

            delta++;
            current++;
        }

        return result.ToString();
    }

    /// <summary>Decodes a label of at most 63 characters, or returns null if it is not Punycode.</summary>
    public static List<int>? Decode(ReadOnlySpan<char> text)
    {
        var delimiter = text.LastIndexOf('-');
        List<int> result = [];
        foreach (var character in text[..Math.Max(delimiter, 0)])
        {
            result.Add(character);
        }

        var (current, index, bias) = (InitialPoint, 0L, InitialBias);
        for (var at = delimiter < 0 ? 0 : delimiter + 1; at < text.Length;)
        {
            var (before, weight) = (index, 1L);
            for (var k = Base; ; k += Base)
            {
                if (at == text.Length || DigitOf(text[at++]) is not { } digit || (index += digit * weight) > int.MaxValue)
                {
                    return null;
                }

                var threshold = Threshold(k, bias);
                if (digit < threshold)
                {
                    break;
                }

                if ((weight *= Base - threshold) > int.MaxValue)
                {
                    return null;
                }
            }

            var count = result.Count + 1;
            bias = Adapt((int)(index - before), count, isFirst: before == 0);
            current += (int)(index / count);
            if (!Rune.IsValid(current))
            {
                return null;
            }

            index %= count;
            result.Insert((int)index++, current);
        }

        return result;
    }

    private static void AppendNumber(StringBuilder result, int number, int bias)
    {
        for (var k = Base; ; k += Base)
        {
            var threshold = Threshold(k, bias);
            if (number < threshold)
            {
                result.Append(CharacterOf(number));
                return;
            }

            result.Append(CharacterOf(threshold + ((number - threshold) % (Base - threshold))));
            number = (number - threshold) / (Base - threshold);
        }
    }

    private static int Threshold(int k, int bias) => Math.Clamp(k - bias, MinThreshold, MaxThreshold);

    private static int Adapt(int delta, int count, bool isFirst)
    {
        delta = isFirst ? delta / Damp : delta / 2;
        delta += delta / count;
        var k = 0;
        while (delta > (Base - MinThreshold) * MaxThreshold / 2)
        {
            delta /= Base - MinThreshold;
            k += Base;
        }

        return k + ((Base - MinThreshold + 1) * delta / (delta + Skew));
    }

    private static char CharacterOf(int digit) => (char)(digit < 26 ? 'a' + digit : '0' + digit - 26);

    private static int? DigitOf(char character) => character switch
    {
        >= 'a' and <= 'z' => character - 'a',
        >= '0' and <= '9' => character - '0' + 26,
        _ => null,
    };
}
