using System.IO.Hashing;

namespace XQr.Api.Analytics.Aggregation;

/// <summary>
/// Divides links into groups by their hash: in halves, these in halves again, until each has few enough. So groups that come of
/// different sets of links are the same, or one is part of the other, and batches of the same group can be folded together.
/// </summary>
internal static class LinkGroups
{
    /// <summary>The place of a link among all.</summary>
    public static ulong PlaceOf(Guid linkId)
    {
        Span<byte> bytes = stackalloc byte[16];
        linkId.TryWriteBytes(bytes, bigEndian: true, out _);
        return XxHash3.HashToUInt64(bytes, seed: 1);
    }

    /// <summary>Groups of at most so many links, in the order of their places.</summary>
    public static IReadOnlyList<IReadOnlyList<Guid>> Divide(IEnumerable<Guid> links, int most)
    {
        var groups = new List<IReadOnlyList<Guid>>();
        Divide([.. links.Distinct().OrderBy(PlaceOf)], most, 63, groups);
        return groups;
    }

    private static void Divide(List<Guid> links, int most, int bit, List<IReadOnlyList<Guid>> groups)
    {
        if (links.Count > most && bit >= 0)
        {
            var lower = links.TakeWhile(link => (PlaceOf(link) >> bit & 1) == 0).Count();
            Divide(links[..lower], most, bit - 1, groups);
            Divide(links[lower..], most, bit - 1, groups);
        }
        else if (links.Count > 0)
        {
            groups.Add(links);
        }
    }
}
