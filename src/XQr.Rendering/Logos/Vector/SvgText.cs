using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace XQr.Rendering.Logos.Vector;

/// <summary>Parses SVG attribute values: numbers, lengths, colours, transforms and path data.</summary>
internal static partial class SvgText
{
    /// <summary>The maximum length of a colour.</summary>
    private const int MaxColourLength = 64;

    private static readonly SearchValues<char> PathCharacters = SearchValues.Create("MmZzLlHhVvCcSsQqTtAa0123456789+-.eE, ");

    /// <summary>Formats a number.</summary>
    public static string FormatNumber(double number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Parses a finite number, or returns null.</summary>
    public static double? ParseNumber(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>Parses a list of numbers, or returns null.</summary>
    public static double[]? ParseNumbers(string text)
    {
        var numbers = NumberPattern().Matches(text);
        return NumberPattern().Replace(text, "").AsSpan().ContainsAnyExcept(" ,\t\r\n")
            ? null
            : [.. numbers.Select(number => ParseNumber(number.ValueSpan) ?? 0)];
    }

    /// <summary>Parses a length in user units, or returns null. Percentages are relative to <paramref name="whole"/> (SVG 1.1, 7.10).</summary>
    public static double? ParseLength(string text, double whole)
    {
        var span = text.AsSpan().Trim();
        foreach (var (unit, factor) in (ReadOnlySpan<(string, double)>)
            [("px", 1), ("pt", 4 / 3.0), ("pc", 16), ("mm", 96 / 25.4), ("cm", 96 / 2.54), ("in", 96), ("%", whole / 100)])
        {
            if (span.EndsWith(unit, StringComparison.Ordinal))
            {
                return ParseNumber(span[..^unit.Length]) * factor;
            }
        }

        return ParseNumber(span);
    }

    /// <summary>Parses a colour with its opacity, or returns null.</summary>
    public static (Rgb Colour, double Opacity)? ParseColour(string text)
    {
        if (text is ['#', _, _, _, _] or ['#', _, _, _, _, _, _, _, _])
        {
            var digits = text.Length == 5 ? 1 : 2;
            return Rgb.TryParse(text.AsSpan(0, text.Length - digits), out var opaque)
                && byte.TryParse(text.AsSpan(text.Length - digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var alpha)
                ? (opaque, alpha / (digits == 1 ? 15.0 : 255.0))
                : null;
        }

        if (Rgb.TryParse(text, out var colour))
        {
            return (colour, 1);
        }

        if (text.Length <= MaxColourLength && RgbPattern().Match(text) is { Success: true } match)
        {
            var channels = match.Groups["channel"].Captures;
            return (new(Channel(channels[0].Value), Channel(channels[1].Value), Channel(channels[2].Value)),
                channels.Count == 4 ? Math.Clamp(ParseLength(channels[3].Value, 1) ?? 1, 0, 1) : 1);
        }

        // The known colours are all CSS names except one, and names of Windows system colours.
        var named = System.Drawing.Color.FromName(text);
        return text switch
        {
            "transparent" => (Rgb.Black, 0),
            "rebeccapurple" => (new(0x66, 0x33, 0x99), 1),
            _ => named is { IsKnownColor: true, IsSystemColor: false } ? (new(named.R, named.G, named.B), 1) : null,
        };
    }

    /// <summary>Returns path data if the grammar has all its characters, or null. Skia checks the syntax later.</summary>
    public static string? ParsePath(string text)
    {
        var path = Whitespace().Replace(text, " ").Trim();
        return path.AsSpan().ContainsAnyExcept(PathCharacters) ? null : path;
    }

    /// <summary>Parses and combines a list of transforms, or returns null if one is not supported.</summary>
    public static Matrix3x2? ParseTransform(string text)
    {
        var all = Matrix3x2.Identity;
        foreach (Match match in TransformPattern().Matches(text))
        {
            if (ParseNumbers(match.Groups[2].Value) is not { } numbers || Create(match.Groups[1].Value, numbers) is not { } one)
            {
                return null;
            }

            all = one * all;
        }

        return TransformPattern().Replace(text, "").AsSpan().ContainsAnyExcept(" ,\t\r\n") || !IsFinite(all) ? null : all;
    }

    /// <summary>Returns true if all factors of a transform are finite, which Skia requires.</summary>
    public static bool IsFinite(Matrix3x2 m) => float.IsFinite(m.M11 + m.M12 + m.M21 + m.M22 + m.M31 + m.M32);

    private static Matrix3x2? Create(string name, double[] numbers)
    {
        float[] n = [.. numbers.Select(number => (float)number)];
        return (name, n) switch
        {
            ("matrix", [var a, var b, var c, var d, var e, var f]) => new(a, b, c, d, e, f),
            ("translate", [var x]) => Matrix3x2.CreateTranslation(x, 0),
            ("translate", [var x, var y]) => Matrix3x2.CreateTranslation(x, y),
            ("scale", [var both]) => Matrix3x2.CreateScale(both),
            ("scale", [var x, var y]) => Matrix3x2.CreateScale(x, y),
            ("rotate", [var degrees]) => Matrix3x2.CreateRotation(float.DegreesToRadians(degrees)),
            ("rotate", [var degrees, var x, var y]) => Matrix3x2.CreateRotation(float.DegreesToRadians(degrees), new(x, y)),
            ("skewX", [var degrees]) => Matrix3x2.CreateSkew(float.DegreesToRadians(degrees), 0),
            ("skewY", [var degrees]) => Matrix3x2.CreateSkew(0, float.DegreesToRadians(degrees)),
            _ => null,
        };
    }

    private static byte Channel(string text) => (byte)Math.Clamp(Math.Round(ParseLength(text, byte.MaxValue) ?? 0), 0, byte.MaxValue);

    [GeneratedRegex(@"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"^rgba?\(\s*(?<channel>[\d.]+%?)(\s*[\s,/]\s*(?<channel>[\d.]+%?)){2,3}\s*\)$", RegexOptions.ExplicitCapture)]
    private static partial Regex RgbPattern();

    [GeneratedRegex(@"\b([a-zA-Z]+)\s*\(([^()]*)\)", RegexOptions.NonBacktracking)]
    private static partial Regex TransformPattern();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Whitespace();
}
