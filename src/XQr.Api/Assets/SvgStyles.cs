using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace XQr.Api.Assets;

/// <summary>
/// Sanitizes CSS to the subset that drawings use: rules with simple selectors, and declarations of presentation properties. Everything else
/// is removed, including at-rules, escapes and nested rules.
/// </summary>
internal static partial class SvgStyles
{
    private static readonly string[] Functions =
    [
        "rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "color-mix", "light-dark", "device-cmyk", "var",
        "calc", "min", "max", "clamp", "abs", "sign", "round", "mod", "rem", "sqrt", "pow", "hypot", "sin", "cos", "tan", "asin", "acos", "atan", "atan2",
        "matrix", "matrix3d", "perspective", "rotate", "rotate3d", "rotateX", "rotateY", "rotateZ", "scale", "scale3d", "scaleX", "scaleY", "scaleZ",
        "skew", "skewX", "skewY", "translate", "translate3d", "translateX", "translateY", "translateZ",
        "circle", "ellipse", "inset", "path", "polygon", "rect", "xywh", "cubic-bezier", "linear", "steps",
        "blur", "brightness", "contrast", "drop-shadow", "grayscale", "hue-rotate", "invert", "opacity", "saturate", "sepia",
    ];

    private static readonly SearchValues<char> OfSelectors =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.#,>+~*: \t\r\n");

    private static readonly SearchValues<char> OfCustomNames = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private static readonly SearchValues<char> BeforeNames = SearchValues.Create(" \t\r\n\f,()+*/");
    private static readonly SearchValues<char> OfOtherForms = SearchValues.Create("\\@{}<>");

    /// <summary>Returns a style sheet with the allowed rules.</summary>
    public static string Sheet(string css, SvgRemovals? removals = null)
    {
        var rest = Comment.Replace(css, " ").AsSpan();
        var sheet = new StringBuilder();
        while (rest.IndexOfAny('{', ';') is >= 0 and var open)
        {
            var head = rest[..open].Trim();
            if (rest[open] == ';')
            {
                // A statement without a block, such as an import.
                removals?.Rule(head);
                rest = rest[(open + 1)..];
                continue;
            }

            var end = EndOfBlock(rest, open);
            var block = rest[(open + 1)..end];
            if (!head.ContainsAnyExcept(OfSelectors) && !block.Contains('{') && Declarations(block.ToString(), removals) is { } declarations)
            {
                sheet.Append(head).Append('{').Append(declarations).Append('}');
            }
            else if (!block.IsWhiteSpace())
            {
                removals?.Rule(head);
            }

            rest = rest[Math.Min(end + 1, rest.Length)..];
        }

        return sheet.ToString();
    }

    /// <summary>Returns the allowed declarations, or null if there are none.</summary>
    public static string? Declarations(string css, SvgRemovals? removals = null)
    {
        var harmless = new StringBuilder();
        foreach (var declaration in Comment.Replace(css, " ").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = colon > 0 ? (declaration[..colon].Trim(), declaration[(colon + 1)..].Trim()) : (declaration, "");
            if (!IsProperty(name))
            {
                TellProperty(name, removals);
            }
            else if (colon <= 0 || !IsHarmless(value))
            {
                removals?.Value(name);
            }
            else
            {
                harmless.Append(harmless.Length > 0 ? ";" : "").Append(name).Append(':').Append(value);
            }
        }

        return harmless.Length > 0 ? harmless.ToString() : null;
    }

    /// <summary>Returns whether a property is allowed. Names are case-insensitive, except those of custom properties.</summary>
    private static bool IsProperty(string name) =>
        name.StartsWith("--", StringComparison.Ordinal)
            ? name.AsSpan().IndexOfAnyExcept(OfCustomNames) < 0
            : SvgAllowList.Properties.Contains(name) || SvgAllowList.Properties.Contains(name.ToLowerInvariant());

    /// <summary>Private properties of drawing programs have no visible effect.</summary>
    private static void TellProperty(string name, SvgRemovals? removals)
    {
        if (!name.StartsWith("-inkscape-", StringComparison.Ordinal))
        {
            removals?.Property(name.Length > 80 ? name[..80] : name);
        }
    }

    /// <summary>Returns whether a value calls only drawing functions and refers only to parts of the same document.</summary>
    public static bool IsHarmless(string value)
    {
        if (value.AsSpan().ContainsAny(OfOtherForms) || value.Contains("/*", StringComparison.Ordinal))
        {
            return false;
        }

        for (var open = value.IndexOf('(', StringComparison.Ordinal); open >= 0; open = value.IndexOf('(', open + 1))
        {
            var before = value.AsSpan(0, open).TrimEnd();
            var name = before[(before.LastIndexOfAny(BeforeNames) + 1)..].ToString();
            var isHarmless = name.Equals("url", StringComparison.OrdinalIgnoreCase)
                ? value.IndexOf(')', open) is > 0 and var end && SvgReferences.IsFragment(value.AsSpan(open + 1, end - open - 1).Trim().Trim("\"'"))
                : name.Length == 0 || Functions.Contains(name, StringComparer.OrdinalIgnoreCase);
            if (!isHarmless)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Returns the end of a block: its closing brace, or the end of the text.</summary>
    private static int EndOfBlock(ReadOnlySpan<char> css, int open)
    {
        var depth = 0;
        for (var at = open; at < css.Length; at++)
        {
            depth += css[at] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return at;
            }
        }

        return css.Length;
    }

    [GeneratedRegex(@"/\*.*?(\*/|\z)", RegexOptions.Singleline)]
    private static partial Regex Comment { get; }
}
