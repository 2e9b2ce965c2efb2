using System.Buffers;

namespace XQr.Api.Assets;

/// <summary>
/// Stores the style rules of an SVG image by the end of each selector, which decides the elements that can match: an id, a class or an
/// element.
/// </summary>
/// <param name="isRelevant">Returns whether a property with a value is stored.</param>
internal sealed class SvgStyleRules(Func<string, string, bool> isRelevant)
{
    private static readonly SearchValues<char> Combinators = SearchValues.Create(" >+~\t\r\n");

    private readonly Dictionary<string, List<(string Property, string Value)>> rules = new(StringComparer.Ordinal);

    /// <summary>Gets the number of declarations, which count for each of their selectors.</summary>
    public int Count { get; private set; }

    /// <summary>Adds the rules of a style sheet. Returns false if there are too many declarations.</summary>
    public bool TryAdd(string css, int maxCount)
    {
        foreach (var rule in css.Split('}', StringSplitOptions.RemoveEmptyEntries))
        {
            var open = rule.IndexOf('{', StringComparison.Ordinal);
            var block = open < 0 ? "" : rule[(open + 1)..];
            List<(string, string)> declarations = [.. Declarations(block).Where(declaration => isRelevant(declaration.Property, declaration.Value))];
            foreach (var selector in declarations.Count == 0 ? [] : rule[..open].Split(','))
            {
                Count += declarations.Count;
                if (Count > maxCount)
                {
                    return false;
                }

                var key = EndOf(selector);
                rules.TryAdd(key, []);
                rules[key].AddRange(declarations);
            }
        }

        return true;
    }

    /// <summary>Returns the declarations for a name: <c>#id</c>, <c>.class</c>, an element, or <c>*</c> for all elements.</summary>
    public IReadOnlyList<(string Property, string Value)> Find(string name) => rules.GetValueOrDefault(name, []);

    /// <summary>Returns the declarations of a block or of the attribute <c>style</c>.</summary>
    public static IEnumerable<(string Property, string Value)> Declarations(string css) =>
        from declaration in css.Split(';')
        let colon = declaration.IndexOf(':', StringComparison.Ordinal)
        where colon > 0
        select (declaration[..colon].Trim(), declaration[(colon + 1)..]);

    /// <summary>Returns the id, class or element at the end of a selector, without pseudo-classes.</summary>
    private static string EndOf(string selector)
    {
        var compound = selector.AsSpan().Trim();
        compound = compound[(compound.LastIndexOfAny(Combinators) + 1)..];
        compound = compound.IndexOf(':') is >= 0 and var colon ? compound[..colon] : compound;
        return compound.IsEmpty ? "*" : compound[Math.Max(compound.LastIndexOfAny('#', '.'), 0)..].ToString();
    }
}
