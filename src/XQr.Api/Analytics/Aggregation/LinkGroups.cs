using System.IO.Hashing;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// Divides links into groups by their hash. A group is divided in halves until it is small enough. Groups of different sets of links are
/// therefore equal or nested, so batches of the same group can be aggregated together.
/// </summary>
internal static class LinkGroups
{
    /// <summary>Returns the position of a link among all links.</summary>
    public static ulong PlaceOf(Guid linkId)
    {
        Span<byte> bytes = stackalloc byte[16];
        linkId.TryWriteBytes(bytes, bigEndian: true, out _);
        return XxHash3.HashToUInt64(bytes, seed: 1);
    }

    /// <summary>Returns groups of at most <paramref name="maxLinks"/> links, ordered by position.</summary>
    public static IReadOnlyList<IReadOnlyList<Guid>> Divide(IEnumerable<Guid> links, int maxLinks)
    {
        var groups = new List<IReadOnlyList<Guid>>();
        Divide([.. links.Distinct().OrderBy(PlaceOf)], maxLinks, 63, groups);
        return groups;
    }

    private static void Divide(List<Guid> links, int maxLinks, int bit, List<IReadOnlyList<Guid>> groups)
    {
        if (links.Count > maxLinks && bit >= 0)
        {
            var lower = links.TakeWhile(link => (PlaceOf(link) >> bit & 1) == 0).Count();
            Divide(links[..lower], maxLinks, bit - 1, groups);
            Divide(links[lower..], maxLinks, bit - 1, groups);
        }
        else if (links.Count > 0)
        {
            groups.Add(links);
        }
    }
}
