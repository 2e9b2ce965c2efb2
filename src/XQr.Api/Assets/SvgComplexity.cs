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
    private const string TooManyChecks = "must have fewer attributes, and fewer style rules for each element";

    /// <summary>The maximum ratio of the length of a line to the length of its dash pattern.</summary>
    private const double MaxDashRatio = 100_000;

    /// <summary>The maximum numbers in attributes and properties.</summary>
    private static readonly Dictionary<string, double> MaxNumbers = new(StringComparer.Ordinal)
    {
        ["numOctaves"] = 10,
        ["stdDeviation"] = 2_000,
        ["radius"] = 500,
        ["order"] = 64,
        ["filter"] = 10_000,
    };

    private static readonly string TooManyElements =
        $"must draw at most {SvgCopies.MaxElements} elements, with copies by use, "
        + "and what patterns, masks, markers and filters repeat, counted each time";

    private readonly SvgCopies copies = new();
    private readonly SvgStyleRules rules = new(IsRelevant);
    private double side = 1;
    private int checks;
    private string? error;

    private SvgComplexity()
    {
    }

    /// <summary>Returns the error of an image that is too complex, such as <c>must …</c>, or null.</summary>
    public static string? Validate(byte[] image)
    {
        var complexity = new SvgComplexity();
        Read(image, complexity.AddRules);
        Read(image, complexity.AddElement);
        return complexity.error ?? (complexity.copies.AreTooMany ? TooManyElements : null);
    }

    private static void Read(byte[] image, Action<XmlReader> node)
    {
        using var reader = XmlReader.Create(new MemoryStream(image, writable: false));
        while (reader.Read())
        {
            node(reader);
        }
    }

    private void AddRules(XmlReader reader)
    {
        var isSheet = reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && reader.Value.Contains('{', StringComparison.Ordinal);
        if (isSheet && !rules.TryAdd(reader.Value, MaxChecks))
        {
            error ??= TooManyChecks;
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

        CheckRules(reader);
        CheckAttributes(reader);
        if (reader.IsEmptyElement)
        {
            copies.End();
        }
    }

    private void CheckRules(XmlReader reader)
    {
        foreach (var name in (string[])["*", reader.LocalName, $"#{reader.GetAttribute("id")}", .. Classes(reader)])
        {
            foreach (var (property, value) in rules.Find(name))
            {
                Check(reader, property, value);
            }
        }
    }

    private void CheckAttributes(XmlReader reader)
    {
        for (var index = 0; index < reader.AttributeCount; index++)
        {
            reader.MoveToAttribute(index);
            var (name, value) = (reader.LocalName, reader.Value);
            reader.MoveToElement();
            if (name == "style")
            {
                foreach (var (property, text) in SvgStyleRules.Declarations(value))
                {
                    Check(reader, property, text);
                }
            }
            else
            {
                Check(reader, name is "from" or "to" or "by" or "values" ? reader.GetAttribute("attributeName") ?? name : name, value);
            }

            if (name == "href" && reader.LocalName is "use" or "pattern" && value.Trim() is ['#', .. var target])
            {
                copies.Copy(Uri.UnescapeDataString(target));
            }
        }
    }

    /// <summary>Returns the maximum number of points of an outline, each of which takes two characters.</summary>
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

        error = rules.Count + ++checks > MaxChecks ? TooManyChecks
            : MaxNumbers.TryGetValue(property, out var max) && Numbers(value).Any(number => Math.Abs(number) > max)
                ? $"must have no number over {max} in {property}"
            : property == "stroke-dasharray" ? ValidateDashes(value, reader.GetAttribute("pathLength"))
            : property is "width" or "height" && reader.LocalName == "filter" ? ValidateRegion(reader, value)
            : null;
    }

    private string? ValidateDashes(string value, string? pathLength)
    {
        var dashes = Numbers(value);
        var length = pathLength is not null && Numbers(pathLength) is [var own] ? own : side;
        return dashes.Count > MaxDashes ? $"must have at most {MaxDashes} numbers in stroke-dasharray"
            : dashes.Sum() is > 0 and var sum && sum < length / MaxDashRatio ? "must have longer dashes in stroke-dasharray"
            : null;
    }

    private static string? ValidateRegion(XmlReader reader, string value)
    {
        var max = reader.GetAttribute("filterUnits") == "userSpaceOnUse" ? 100_000 : value.Contains('%', StringComparison.Ordinal) ? 2_000 : 20;
        return Numbers(value).Any(number => number > max) ? $"must have no filter region over {max} wide or high" : null;
    }

    private static bool IsRelevant(string property, string value) =>
        property == "stroke-dasharray" || MaxNumbers.ContainsKey(property) || value.Contains("url(", StringComparison.OrdinalIgnoreCase);

    private static List<double> Numbers(string text) =>
        [.. Number().Matches(text).Select(match => double.TryParse(match.ValueSpan, CultureInfo.InvariantCulture, out var number) ? number : 0)];

    [GeneratedRegex("""url\(\s*["']?\s*#(?<id>[^)"']*)""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Reference();

    [GeneratedRegex(@"(?<![\w#.-])[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
