using System.Text;
using System.Text.RegularExpressions;

namespace XQr.Rendering.Svg;

/// <summary>
/// Expands the entities that drawing programs declare in a document and use in attributes, such as the namespaces and styles of Adobe
/// Illustrator. Only values of plain text are allowed, so no entity expands to another. Entities in text and external entities are rejected.
/// An XML parser without entities reads the result, so no security depends on this class reading XML exactly as a parser does.
/// </summary>
internal static partial class SvgEntities
{
    private const int MaxEntities = 100;
    private const int MaxValueLength = 4096;

    /// <summary>The maximum length of all expanded values together.</summary>
    private const int MaxExpansion = 256 * 1024;

    private static readonly string[] Predefined = ["amp", "lt", "gt", "quot", "apos"];

    /// <summary>Expands the declared entities.</summary>
    /// <returns>The text without references to declared entities, or null if one cannot be expanded.</returns>
    public static string? TryExpand(string text, out string? error)
    {
        error = null;
        if (!text.Contains("<!DOCTYPE", StringComparison.Ordinal))
        {
            return text;
        }

        var entities = new Dictionary<string, string>(StringComparer.Ordinal);
        var (output, expansion, firstError) = (new StringBuilder(text.Length), 0, (string?)null);
        for (var at = 0; at < text.Length && firstError is null;)
        {
            var open = IndexOf(text, "<", at);
            var end = EndOfMarkup(text, open, entities);
            var isTag = open + 1 < text.Length && text[open + 1] is not ('!' or '?');
            output.Append(Expand(text[at..open], isAttribute: false));
            output.Append(isTag ? Expand(text[open..end], isAttribute: true) : text[open..end]);
            at = end;
        }

        error = firstError;
        return error is null ? output.ToString() : null;

        string Expand(string part, bool isAttribute) => part.Contains('&', StringComparison.Ordinal)
            ? Reference().Replace(part, match => ValueOf(match, isAttribute))
            : part;

        string ValueOf(Match reference, bool isAttribute)
        {
            var name = reference.Groups["name"].Value;
            if (Predefined.Contains(name))
            {
                return reference.Value;
            }

            var value = isAttribute ? entities.GetValueOrDefault(name) : null;
            expansion += value?.Length ?? 0;
            firstError ??= (isAttribute, value) switch
            {
                (false, _) => $"must have no entity such as &{name}; in text; write its value instead",
                (_, null) => $"must declare the entity &{name}; with a value of plain text, or not use it",
                _ when expansion > MaxExpansion => $"must not expand entities to more than {MaxExpansion} characters",
                _ => null,
            };
            return firstError is null ? value! : "";
        }
    }

    /// <summary>Returns the end of the tag, comment, instruction, section or document type at an index.</summary>
    /// <param name="text">The document.</param>
    /// <param name="open">The index.</param>
    /// <param name="entities">The dictionary for the entities of a document type, or null in a document type.</param>
    private static int EndOfMarkup(string text, int open, Dictionary<string, string>? entities)
    {
        var rest = text.AsSpan(open);
        return rest switch
        {
            _ when rest.StartsWith("<!--", StringComparison.Ordinal) => IndexAfter(text, "-->", open + 4),
            _ when rest.StartsWith("<![CDATA[", StringComparison.Ordinal) => IndexAfter(text, "]]>", open),
            _ when rest.StartsWith("<?", StringComparison.Ordinal) => IndexAfter(text, "?>", open),
            _ when entities is not null && rest.StartsWith("<!DOCTYPE", StringComparison.Ordinal) => EndOfDocumentType(text, open + 1, entities),
            _ => EndOfTag(text, open),
        };
    }

    /// <summary>Reads the declarations in a document type up to its end.</summary>
    private static int EndOfDocumentType(string text, int start, Dictionary<string, string> entities)
    {
        var at = start;
        while (at < text.Length && text[at] != '>')
        {
            var rest = text.AsSpan(at);
            if (rest.StartsWith("<!ENTITY", StringComparison.Ordinal) && Declaration().Match(text, at) is { Success: true } entity)
            {
                if (entities.Count < MaxEntities && entity.Groups["value"].Value is { Length: <= MaxValueLength } value)
                {
                    // The first declaration wins (XML 1.0, 4.2).
                    var escaped = value.Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&apos;", StringComparison.Ordinal);
                    entities.TryAdd(entity.Groups["name"].Value, escaped);
                }

                at += entity.Length;
            }
            else
            {
                at = text[at] switch
                {
                    '<' => EndOfMarkup(text, at, null),
                    '"' or '\'' => IndexAfter(text, text[at].ToString(), at + 1),
                    _ => at + 1,
                };
            }
        }

        return Math.Min(at + 1, text.Length);
    }

    private static int EndOfTag(string text, int open)
    {
        for (var at = open; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '>':
                    return at + 1;
                case '"' or '\'':
                    at = IndexOf(text, text[at].ToString(), at + 1);
                    break;
            }
        }

        return text.Length;
    }

    private static int IndexOf(string text, string what, int start) =>
        start < text.Length && text.IndexOf(what, start, StringComparison.Ordinal) is >= 0 and var index ? index : text.Length;

    private static int IndexAfter(string text, string what, int start) => Math.Min(IndexOf(text, what, start) + what.Length, text.Length);

    [GeneratedRegex("&(?<name>[A-Za-z_][A-Za-z0-9._-]{0,63});", RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();

    [GeneratedRegex(
        """\G<!ENTITY\s+(?<name>[A-Za-z_][A-Za-z0-9._-]{0,63})\s+("(?<value>[^"<&%]*)"|'(?<value>[^'<&%]*)')\s*>""",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Declaration();
}
