using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace XQr.Api.Assets;

/// <summary>
/// Checks that viewers can draw a sanitized SVG image. A short file can multiply its elements by copies, patterns, markers and filters, or
/// require any number of filter steps and dashes.
/// </summary>
internal sealed partial class SvgComplexity
{
    private const int MaxChecks = 2_000_000;
    private const int MaxDashes = 256;

    /// <summary>The maximum ratio of the image's side to a dash pattern.</summary>
    private const double SideOfDashes = 100_000;

    /// <summary>The maximum numbers in filter attributes.</summary>
    private static readonly Dictionary<string, double> Largest = new(StringComparer.Ordinal)
    {
        ["numOctaves"] = 10,
        ["stdDeviation"] = 2_000,
        ["radius"] = 500,
        ["order"] = 64,
        ["filter"] = 10_000,
    };

    private const string TooManyChecks = "must have fewer attributes, and fewer style rules for each element";

    private static readonly SearchValues<char> Combinators = SearchValues.Create(" >+~\t\r\n");

    private readonly SvgCopies copies = new();
    private readonly Dictionary<string, List<(string Property, string Value)>> rules = new(StringComparer.Ordinal);
    private double side = 1;
    private int checks;
    private string? error;

    private SvgComplexity()
    {
    }

    /// <summary>Returns the error of an image that is too complex, such as <c>must …</c>, or null.</summary>
    public static string? FindError(byte[] image)
    {
        var complexity = new SvgComplexity();
        Read(image, complexity.AddRules);
        Read(image, complexity.AddElement);
        return complexity.error
            ?? (complexity.copies.AreTooMany
                ? $"must draw at most {SvgCopies.MaxElements} elements, with copies by use, and what patterns, masks, markers and filters repeat, counted each time"
                : null);
    }

    private static void Read(byte[] image, Action<XmlReader> node)
    {
        using var reader = XmlReader.Create(new MemoryStream(image, writable: false));
        while (reader.Read())
        {
            node(reader);
        }
    }

    /// <summary>Groups the rules of a style sheet by the end of each selector: an id, a class or an element.</summary>
    private void AddRules(XmlReader reader)
    {
        if (reader.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA) || !reader.Value.Contains('{', StringComparison.Ordinal))
        {
            return;
        }

        foreach (var rule in reader.Value.Split('}', StringSplitOptions.RemoveEmptyEntries))
        {
            var open = rule.IndexOf('{', StringComparison.Ordinal);
            List<(string, string)> declarations = open < 0 ? [] : [.. Declarations(rule[(open + 1)..]).Where(declaration => Matters(declaration.Property, declaration.Value))];
            foreach (var selector in declarations.Count == 0 ? [] : rule[..open].Split(','))
            {
                checks += declarations.Count;
                if (checks > MaxChecks)
                {
                    error ??= TooManyChecks;
                    return;
                }

                var key = SubjectOf(selector);
                rules.TryAdd(key, []);
                rules[key].AddRange(declarations);
            }
        }
    }

    private void AddElement(XmlReader reader)
    {
        if (reader.NodeType == XmlNodeType.EndElement)
        {
            copies.End();
        }

        if (reader.NodeType != XmlNodeType.Element || error is not null)
        {
            return;
        }

        copies.Begin(reader.LocalName, reader.GetAttribute("id"), PointsOf(reader));
        if (reader.Depth == 0)
        {
            side = Numbers(reader.GetAttribute("viewBox") ?? "") is [_, _, var width, var height] ? Math.Max(width, height) : side;
        }

        foreach (var key in (string[])["*", reader.LocalName, $"#{reader.GetAttribute("id")}", .. Classes(reader)])
        {
            foreach (var (property, value) in rules.GetValueOrDefault(key, []))
            {
                Check(reader, property, value);
            }
        }

        var (isEmpty, element) = (reader.IsEmptyElement, reader.LocalName);
        for (var index = 0; index < reader.AttributeCount; index++)
        {
            reader.MoveToAttribute(index);
            var (name, value) = (reader.LocalName, reader.Value);
            reader.MoveToElement();
            foreach (var (property, text) in name == "style" ? Declarations(value) : [(name is "from" or "to" or "by" or "values" ? reader.GetAttribute("attributeName") ?? name : name, value)])
            {
                Check(reader, property, text);
            }

            if (name == "href" && element is "use" or "pattern" && value.Trim() is ['#', .. var target])
            {
                copies.Copy(Uri.UnescapeDataString(target));
            }
        }

        if (isEmpty)
        {
            copies.End();
        }
    }

    /// <summary>
    /// Returns the id, class or name at the end of a selector, without pseudo-classes: it decides which elements can match.
    /// </summary>
    private static string SubjectOf(string selector)
    {
        var compound = selector.AsSpan().Trim();
        compound = compound[(compound.LastIndexOfAny(Combinators) + 1)..];
        compound = compound.IndexOf(':') is >= 0 and var colon ? compound[..colon] : compound;
        return compound.IsEmpty ? "*" : compound[Math.Max(compound.LastIndexOfAny('#', '.'), 0)..].ToString();
    }

    /// <summary>Returns the maximum number of points of an outline: each takes two characters.</summary>
    private static int PointsOf(XmlReader reader) => 4 + ((reader.GetAttribute("d") ?? reader.GetAttribute("points") ?? "").Length / 2);

    private static IEnumerable<string> Classes(XmlReader reader) =>
        (reader.GetAttribute("class") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct().Select(name => $".{name}");

    /// <summary>Checks an attribute or a style property.</summary>
    private void Check(XmlReader reader, string property, string value)
    {
        if (error is not null)
        {
            return;
        }

        int? points = reader.LocalName is "g" or "svg" or "a" or "symbol" or "use" or "switch" or "defs" ? null
            : property is "marker-start" or "marker-end" ? 1
            : PointsOf(reader);
        foreach (Match reference in Reference().Matches(value))
        {
            checks++;
            copies.Use(Uri.UnescapeDataString(reference.Groups["id"].Value.Trim()), property is not ("filter" or "mask" or "clip-path"), points);
        }

        error = ++checks > MaxChecks ? TooManyChecks
            : Largest.TryGetValue(property, out var largest) && Numbers(value).Any(number => Math.Abs(number) > largest) ? $"must have no number over {largest} in {property}"
            : property == "stroke-dasharray" ? DashError(value, reader.GetAttribute("pathLength"))
            : property is "width" or "height" && reader.LocalName == "filter" ? RegionError(reader, value)
            : null;
    }

    private string? DashError(string value, string? pathLength)
    {
        var dashes = Numbers(value);
        var length = pathLength is not null && Numbers(pathLength) is [var own] ? own : side;
        return dashes.Count > MaxDashes ? $"must have at most {MaxDashes} numbers in stroke-dasharray"
            : dashes.Sum() is > 0 and var sum && sum < length / SideOfDashes ? "must have longer dashes in stroke-dasharray"
            : null;
    }

    private static string? RegionError(XmlReader reader, string value)
    {
        var largest = reader.GetAttribute("filterUnits") == "userSpaceOnUse" ? 100_000 : value.Contains('%', StringComparison.Ordinal) ? 2_000 : 20;
        return Numbers(value).Any(number => number > largest) ? $"must have no filter region over {largest} wide or high" : null;
    }

    private static bool Matters(string property, string value) =>
        property == "stroke-dasharray" || Largest.ContainsKey(property) || value.Contains("url(", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(string Property, string Value)> Declarations(string css) =>
        from declaration in css.Split(';')
        let colon = declaration.IndexOf(':', StringComparison.Ordinal)
        where colon > 0
        select (declaration[..colon].Trim(), declaration[(colon + 1)..]);

    private static List<double> Numbers(string text) =>
        [.. Number().Matches(text).Select(match => double.TryParse(match.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0)];

    [GeneratedRegex("""url\(\s*["']?\s*#(?<id>[^)"']*)""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Reference();

    [GeneratedRegex(@"(?<![\w#.-])[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
