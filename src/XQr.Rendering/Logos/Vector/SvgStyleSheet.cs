using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace XQr.Rendering.Logos.Vector;

/// <summary>The CSS that drawing programs write into SVG: rules for an element's name, class or id, and the attribute <c>style</c>.</summary>
internal sealed partial class SvgStyleSheet
{
    private readonly Dictionary<string, List<(string Property, string Value)>> rules = [];

    /// <summary>Adds a sheet.</summary>
    /// <returns>Whether all of it was understood.</returns>
    public bool TryAdd(string css)
    {
        var text = Comment().Replace(css, "");
        foreach (Match rule in Rule().Matches(text))
        {
            foreach (var selector in rule.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries))
            {
                if (!Selector().IsMatch(selector))
                {
                    return false;
                }

                if (!rules.TryGetValue(selector, out var declarations))
                {
                    rules[selector] = declarations = [];
                }

                declarations.AddRange(Declarations(rule.Groups[2].Value));
            }
        }

        return string.IsNullOrWhiteSpace(Rule().Replace(text, ""));
    }

    /// <summary>What is set for an element; of two settings of a property the later holds.</summary>
    public IEnumerable<(string Property, string Value)> For(XElement element)
    {
        var classes = ((string?)element.Attribute("class") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> selectors = ["*", element.Name.LocalName, .. classes.Select(name => "." + name), "#" + (string?)element.Attribute("id")];
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
