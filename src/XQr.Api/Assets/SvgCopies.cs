using System.Runtime.InteropServices;

namespace XQr.Api.Assets;

/// <summary>
/// Counts the elements that a viewer draws for an SVG image. Each <c>use</c> copies the part that it refers to, including copies inside,
/// and each element that a part paints, masks or filters draws that part again. Nested copies can make a short file larger than any
/// viewer's memory.
/// </summary>
internal sealed class SvgCopies
{
    /// <summary>The maximum number of elements with copies. The largest file without copies has fewer.</summary>
    public const int MaxElements = 1_000_000;

    private const int MaxNesting = 100;

    /// <summary>The weight of a pattern, which is drawn many times.</summary>
    private const int PatternWeight = 10;

    /// <summary>The weight of a filter, each step of which processes pixels.</summary>
    private const int FilterWeight = 5;

    private readonly Stack<(string Name, string? Id, int Start)> open = [];
    private readonly Dictionary<string, Part> parts = new(StringComparer.Ordinal);
    private readonly List<Reference> references = [];
    private readonly List<int> ends = [];
    private readonly Dictionary<string, long> copies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> all = new(StringComparer.Ordinal);
    private int maxPoints = 1;

    /// <summary>Gets whether the image exceeds the maximum.</summary>
    public bool AreTooMany => CountIn(0, ends.Count, 0, copiesAlone: false) > MaxElements;

    /// <summary>Starts an element.</summary>
    /// <param name="name">The name of the element.</param>
    /// <param name="id">The id.</param>
    /// <param name="points">The maximum number of points of its outline, each of which can have a marker.</param>
    public void Begin(string name, string? id, int points = 1)
    {
        open.Push((name, id, ends.Count));
        ends.Add(0);
        maxPoints = Math.Max(maxPoints, points);
    }

    /// <summary>Records that the last started element is a copy.</summary>
    /// <param name="target">The id of the part.</param>
    public void Copy(string target) => references.Add(new(ends.Count - 1, target, IsCopy: true, IsInherited: false, Points: 1));

    /// <summary>Records that a part paints, masks, marks or filters the last started element.</summary>
    /// <param name="target">The id of the part.</param>
    /// <param name="isInherited">True if elements inside inherit it.</param>
    /// <param name="points">The number of points that get the marker; null for the maximum of any element inside.</param>
    public void Use(string target, bool isInherited, int? points) => references.Add(new(ends.Count - 1, target, IsCopy: false, isInherited, points));

    public void End()
    {
        // The first of several parts with the same id counts.
        var (name, id, start) = open.Pop();
        ends[start] = ends.Count;
        if (id is not null && (!parts.TryGetValue(id, out var known) || start < known.Start))
        {
            parts[id] = new(name, start, ends.Count);
        }
    }

    /// <summary>Returns the number of elements in a part of the document, including copies.</summary>
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
                count += Math.Min(
                    MaxElements + 1, CountOf(reference, nested, copiesAlone) * (reference.IsInherited ? TimesOf(reference, nested) : 1));
            }
        }

        return Math.Min(count, MaxElements + 1);
    }

    /// <summary>Returns the number of elements inside an element, which inherit its paint.</summary>
    private long TimesOf(Reference reference, int nested) => CountIn(reference.At, ends[reference.At], nested + 1, copiesAlone: true);

    private long CountOf(Reference reference, int nested, bool copiesAlone)
    {
        if (!parts.TryGetValue(reference.Target, out var part))
        {
            return 0;
        }

        var weight = part.Name switch
        {
            // A gradient is one paint, regardless of its number of colours.
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
        // Counts as zero while it is counted: viewers do not draw parts that copy themselves.
        if (!counted.TryGetValue(target, out var count))
        {
            counted[target] = 0;
            counted[target] = count = CountIn(part.Start, part.End, nested + 1, copiesAlone);
        }

        return count;
    }

    /// <summary>Returns the index of the first reference of an element or a later one. An element can have several.</summary>
    private int First(int start) => ~CollectionsMarshal.AsSpan(references).BinarySearch(new Position(start));

    private readonly record struct Part(string Name, int Start, int End);

    private readonly record struct Reference(int At, string Target, bool IsCopy, bool IsInherited, int? Points);

    /// <summary>A value that sorts just before the references of an element and equals none, so the search ends there.</summary>
    private readonly record struct Position(int At) : IComparable<Reference>
    {
        public int CompareTo(Reference other) => At <= other.At ? -1 : 1;
    }
}
