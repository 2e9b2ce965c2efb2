using System.Runtime.InteropServices;

namespace XQr.Api.Assets;

/// <summary>
/// Counts what a viewer makes of an SVG image: each <c>use</c> is a copy of the part that it refers to, with the copies in there. Ten
/// copies of ten copies, and so on, are a short file that no viewer's memory is large enough for.
/// </summary>
internal sealed class SvgCopies
{
    /// <summary>How many elements an image may come to; without copies, the largest one has fewer.</summary>
    public const int MostElements = 1_000_000;

    private const int MostNested = 100;

    private readonly Stack<(string? Id, int Start)> open = [];
    private readonly Dictionary<string, (int Start, int End)> parts = new(StringComparer.Ordinal);
    private readonly List<(int At, string Target)> uses = [];
    private readonly Dictionary<string, long> counted = new(StringComparer.Ordinal);
    private int elements;

    /// <summary>Whether they are more than an image may have.</summary>
    public bool AreTooMany => CountIn(0, elements, 0) > MostElements;

    public void Begin(string? id) => open.Push((id, elements++));

    /// <summary>The element that was begun last is a copy.</summary>
    /// <param name="reference">Of what: <c>#</c> and a name, in which viewers resolve percent escapes.</param>
    public void Use(string reference) => uses.Add((elements - 1, Uri.UnescapeDataString(reference.Trim()[1..])));

    public void End()
    {
        // Of parts with the same name, the first one counts.
        var (id, start) = open.Pop();
        if (id is not null && (!parts.TryGetValue(id, out var known) || start < known.Start))
        {
            parts[id] = (start, elements);
        }
    }

    /// <summary>The elements in a part of the document, and those of the copies in there.</summary>
    private long CountIn(int start, int end, int nested)
    {
        if (nested > MostNested)
        {
            return MostElements + 1;
        }

        long count = end - start;
        for (var index = FirstUse(start); index < uses.Count && uses[index].At < end && count <= MostElements; index++)
        {
            count += CountOf(uses[index].Target, nested);
        }

        return count;
    }

    private long CountOf(string target, int nested)
    {
        if (!parts.TryGetValue(target, out var part))
        {
            return 0;
        }

        // While it is being counted, it counts as nothing: viewers don't draw what copies itself.
        if (!counted.TryGetValue(target, out var count))
        {
            counted[target] = 0;
            counted[target] = count = CountIn(part.Start, part.End, nested + 1);
        }

        return count;
    }

    /// <summary>The first copy of an element or of what comes after it. An element may have two, one in the form of SVG 1.1.</summary>
    private int FirstUse(int start) => ~CollectionsMarshal.AsSpan(uses).BinarySearch(new Position(start));

    /// <summary>Comes just before the copies of an element, and is equal to none: the search ends where it would stand.</summary>
    private readonly record struct Position(int At) : IComparable<(int At, string Target)>
    {
        public int CompareTo((int At, string Target) other) => At <= other.At ? -1 : 1;
    }
}
