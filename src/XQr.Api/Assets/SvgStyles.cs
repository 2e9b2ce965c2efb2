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
        "calc", "min", "max", "clamp", "abs", "sign", "round", "mod", "rem", "sqrt", "pow", "hypot",
        "sin", "cos", "tan", "asin", "acos", "atan", "atan2",
        "matrix", "matrix3d", "perspective", "rotate", "rotate3d", "rotateX", "rotateY", "rotateZ", "scale", "scale3d", "scaleX", "scaleY", "scaleZ",
        "skew", "skewX", "skewY", "translate", "translate3d", "translateX", "translateY", "translateZ",
        "circle", "ellipse", "inset", "path", "polygon", "rect", "xywh", "cubic-bezier", "linear", "steps",
        "blur", "brightness", "contrast", "drop-shadow", "grayscale", "hue-rotate", "invert", "opacity", "saturate", "sepia",
    ];

    private static readonly SearchValues<char> SelectorCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.#,>+~*: \t\r\n");

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private static readonly SearchValues<char> Separators = SearchValues.Create(" \t\r\n\f,()+*/");
    private static readonly SearchValues<char> ForbiddenCharacters = SearchValues.Create("\\@{}<>");

    /// <summary>Returns a style sheet with the allowed rules.</summary>
    public static string SanitizeSheet(string css, SvgRemovals? removals = null)
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
            if (!head.ContainsAnyExcept(SelectorCharacters)
                && !block.Contains('{')
                && SanitizeDeclarations(block.ToString(), removals) is { } declarations)
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
    public static string? SanitizeDeclarations(string css, SvgRemovals? removals = null)
    {
        var allowed = new StringBuilder();
        foreach (var declaration in Comment.Replace(css, " ").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = colon > 0 ? (declaration[..colon].Trim(), declaration[(colon + 1)..].Trim()) : (declaration, "");
            if (!IsProperty(name))
            {
                ReportProperty(name, removals);
            }
            else if (colon <= 0 || !IsSafe(value))
            {
                removals?.Value(name);
            }
            else
            {
                allowed.Append(allowed.Length > 0 ? ";" : "").Append(name).Append(':').Append(value);
            }
        }

        return allowed.Length > 0 ? allowed.ToString() : null;
    }

    /// <summary>Returns whether a property is allowed. Names are case-insensitive, except those of custom properties.</summary>
    private static bool IsProperty(string name) =>
        name.StartsWith("--", StringComparison.Ordinal)
            ? name.AsSpan().IndexOfAnyExcept(NameCharacters) < 0
            : SvgAllowList.Properties.Contains(name) || SvgAllowList.Properties.Contains(name.ToLowerInvariant());

    /// <summary>Records a removed property. Private properties of drawing programs are not recorded, because they have no visible effect.</summary>
    private static void ReportProperty(string name, SvgRemovals? removals)
    {
        if (!name.StartsWith("-inkscape-", StringComparison.Ordinal))
        {
            removals?.Property(name.Length > 80 ? name[..80] : name);
        }
    }

    /// <summary>Returns whether a value calls only drawing functions and refers only to parts of the same document.</summary>
    public static bool IsSafe(string value)
    {
        if (value.AsSpan().ContainsAny(ForbiddenCharacters) || value.Contains("/*", StringComparison.Ordinal))
        {
            return false;
        }

        for (var open = value.IndexOf('(', StringComparison.Ordinal); open >= 0; open = value.IndexOf('(', open + 1))
        {
            var before = value.AsSpan(0, open).TrimEnd();
            var name = before[(before.LastIndexOfAny(Separators) + 1)..].ToString();
            var isSafe = name.Equals("url", StringComparison.OrdinalIgnoreCase)
                ? value.IndexOf(')', open) is > 0 and var end && SvgReferences.IsFragment(value.AsSpan(open + 1, end - open - 1).Trim().Trim("\"'"))
                : name.Length == 0 || Functions.Contains(name, StringComparer.OrdinalIgnoreCase);
            if (!isSafe)
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
