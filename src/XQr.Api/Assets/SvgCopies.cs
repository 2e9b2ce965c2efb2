using System.Runtime.InteropServices;

namespace XQr.Api.Assets;

/// <summary>
/// Counts what a viewer makes of an SVG image: each <c>use</c> is a copy of the part that it refers to, with the copies in there, and each
/// element that is painted, masked or filtered by a part takes that part's elements again. Ten copies of ten copies, and so on, are a
/// short file that no viewer's memory is large enough for.
/// </summary>
internal sealed class SvgCopies
{
    /// <summary>The maximum number of elements with copies. The largest file without copies has fewer.</summary>
    public const int MaxElements = 1_000_000;

    private const int MaxNesting = 100;

    /// <summary>A pattern is drawn many times.</summary>
    private const int PatternWeight = 10;

    /// <summary>A filter works on pixels, for each of its steps.</summary>
    private const int FilterWeight = 5;

    private readonly Stack<(string Name, string? Id, int Start)> open = [];
    private readonly Dictionary<string, Part> parts = new(StringComparer.Ordinal);
    private readonly List<Reference> references = [];
    private readonly List<int> ends = [];
    private readonly Dictionary<string, long> copies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> all = new(StringComparer.Ordinal);
    private int maxPoints = 1;

    /// <summary>Whether they are more than an image may have.</summary>
    public bool AreTooMany => CountIn(0, ends.Count, 0, copiesAlone: false) > MaxElements;

    /// <summary>An element begins.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="id">Its id.</param>
    /// <param name="points">How many points its outline has at most, each of which may get a marker.</param>
    public void Begin(string name, string? id, int points = 1)
    {
        open.Push((name, id, ends.Count));
        ends.Add(0);
        maxPoints = Math.Max(maxPoints, points);
    }

    /// <summary>The element that was begun last is a copy.</summary>
    /// <param name="target">The id of the part.</param>
    public void Copy(string target) => references.Add(new(ends.Count - 1, target, IsCopy: true, IsInherited: false, Points: 1));

    /// <summary>The element that was begun last is painted, masked, marked or filtered by a part.</summary>
    /// <param name="target">The id of the part.</param>
    /// <param name="isInherited">Whether the elements inside are, too.</param>
    /// <param name="points">How many points of the element get it where it is a marker; null for all that an element inside may have.</param>
    public void Use(string target, bool isInherited, int? points) => references.Add(new(ends.Count - 1, target, IsCopy: false, isInherited, points));

    public void End()
    {
        // Of parts with the same name, the first one counts.
        var (name, id, start) = open.Pop();
        ends[start] = ends.Count;
        if (id is not null && (!parts.TryGetValue(id, out var known) || start < known.Start))
        {
            parts[id] = new(name, start, ends.Count);
        }
    }

    /// <summary>The elements in a part of the document, and those of the copies in there.</summary>
    private long CountIn(int start, int end, int nested, bool copiesAlone)
    {
        if (nested > MaxNesting)
        {
            return MaxElements + 1;
        }

        long count = end - start;
        for (var index = First(start); index < references.Count && references[index].At < end && count <= MaxElements; index++)
        {
            var reference = references[index];
            if (reference.IsCopy || !copiesAlone)
            {
                count += Math.Min(MaxElements + 1, CountOf(reference, nested, copiesAlone) * (reference.IsInherited ? TimesOf(reference, nested) : 1));
            }
        }

        return Math.Min(count, MaxElements + 1);
    }

    /// <summary>The elements inside of one, which take over what it is painted by.</summary>
    private long TimesOf(Reference reference, int nested) => CountIn(reference.At, ends[reference.At], nested + 1, copiesAlone: true);

    private long CountOf(Reference reference, int nested, bool copiesAlone)
    {
        if (!parts.TryGetValue(reference.Target, out var part))
        {
            return 0;
        }

        var weight = part.Name switch
        {
            // However many colours a gradient has, it is one paint.
            "linearGradient" or "radialGradient" => 0,
            _ when reference.IsCopy => 1,
            "pattern" => PatternWeight,
            "filter" => FilterWeight,
            "marker" => reference.Points ?? maxPoints,
            _ => 1,
        };
        return weight * CountIn(reference.Target, part, nested, copiesAlone ? copies : all, copiesAlone);
    }

    private long CountIn(string target, Part part, int nested, Dictionary<string, long> counted, bool copiesAlone)
    {
        // While it is being counted, it counts as nothing: viewers don't draw what copies itself.
        if (!counted.TryGetValue(target, out var count))
        {
            counted[target] = 0;
            counted[target] = count = CountIn(part.Start, part.End, nested + 1, copiesAlone);
        }

        return count;
    }

    /// <summary>The first reference of an element or of what comes after it. An element may have several.</summary>
    private int First(int start) => ~CollectionsMarshal.AsSpan(references).BinarySearch(new Position(start));

    private readonly record struct Part(string Name, int Start, int End);

    private readonly record struct Reference(int At, string Target, bool IsCopy, bool IsInherited, int? Points);

    /// <summary>Comes just before the references of an element, and is equal to none: the search ends where it would stand.</summary>
    private readonly record struct Position(int At) : IComparable<Reference>
    {
        public int CompareTo(Reference other) => At <= other.At ? -1 : 1;
    }
}
