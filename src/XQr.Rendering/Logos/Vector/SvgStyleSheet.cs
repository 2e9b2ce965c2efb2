using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace XQr.Rendering.Logos.Vector;

/// <summary>Parses the CSS of drawing programs: rules for the name, class or id of an element, and the attribute <c>style</c>.</summary>
internal sealed partial class SvgStyleSheet
{
    private const int MaxDeclarations = 20_000;
    private const string UnsupportedRule = "must have no style rules but those for an element, a class or an id";

    private readonly Dictionary<string, List<(string Property, string Value)>> rules = [];
    private int count;

    /// <summary>Adds a style sheet.</summary>
    /// <returns>The error if a part is not supported; otherwise null.</returns>
    public string? Add(string css)
    {
        var text = Comment().Replace(css, "");
        foreach (Match rule in Rule().Matches(text))
        {
            var declared = Declarations(rule.Groups[2].Value).Take(MaxDeclarations + 1).ToList();
            foreach (var selector in rule.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries))
            {
                if (!Selector().IsMatch(selector))
                {
                    return UnsupportedRule;
                }

                // The declarations apply to each selector of a list.
                count += declared.Count;
                if (count > MaxDeclarations)
                {
                    return $"must be simpler: its style rules have more than {MaxDeclarations} declarations";
                }

                if (!rules.TryGetValue(selector, out var declarations))
                {
                    rules[selector] = declarations = [];
                }

                declarations.AddRange(declared);
            }
        }

        return string.IsNullOrWhiteSpace(Rule().Replace(text, "")) ? null : UnsupportedRule;
    }

    /// <summary>Returns the declarations for an element. The last declaration of a property wins.</summary>
    public IEnumerable<(string Property, string Value)> For(XElement element)
    {
        var classes = ((string?)element.Attribute("class") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> selectors =
            ["*", element.Name.LocalName, .. classes.Distinct().Select(name => "." + name), "#" + (string?)element.Attribute("id")];
        return
        [
            .. element.Attributes().Where(attribute => attribute.Name.Namespace == XNamespace.None && attribute.Name.LocalName != "style")
                .Select(attribute => (attribute.Name.LocalName, attribute.Value.Trim())),
            .. selectors.SelectMany(selector => rules.GetValueOrDefault(selector, [])),
            .. Declarations((string?)element.Attribute("style") ?? ""),
        ];
    }

    private static IEnumerable<(string Property, string Value)> Declarations(string css) =>
        from declaration in css.Split(';')
        let colon = declaration.IndexOf(':', StringComparison.Ordinal)
        where colon > 0
        select (declaration[..colon].Trim(), declaration[(colon + 1)..].Replace("!important", "", StringComparison.Ordinal).Trim());

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Comment();

    [GeneratedRegex(@"([^{}]+)\{([^{}]*)\}", RegexOptions.NonBacktracking)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^(\*|[.#]?[A-Za-z_][\w-]*)$", RegexOptions.NonBacktracking)]
    private static partial Regex Selector();
}
