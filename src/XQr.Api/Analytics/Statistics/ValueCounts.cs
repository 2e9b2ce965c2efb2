using System.Text;

namespace XQr.Api.Analytics.Statistics;

/// <summary>
/// Counts scans by the values of a dimension. Visitors can send any value, so the values of a stored row are limited in bytes. New values above
/// the limit count as <see cref="Other"/>.
/// </summary>
internal sealed class ValueCounts
{
    /// <summary>The value that stands for all values above the limit.</summary>
    public const string Other = "other";

    /// <summary>The number of bytes of a value in addition to its text, for two numbers.</summary>
    private const int Overhead = 4;

    private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);
    private int bytes;

    /// <summary>Gets the counts by value.</summary>
    public IReadOnlyDictionary<string, long> All => counts;

    /// <summary>Adds scans of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="count">The number of scans to add.</param>
    /// <param name="maxBytes">The maximum number of bytes for all values.</param>
    public void Add(string value, long count, int maxBytes = int.MaxValue)
    {
        if (counts.TryGetValue(value, out var before))
        {
            counts[value] = before + count;
            return;
        }

        var size = SizeOf(value);
        if (bytes + size > maxBytes && value != Other)
        {
            Add(Other, count, maxBytes);
            return;
        }

        bytes += size;
        counts[value] = count;
    }

    /// <summary>Subtracts scans of a value. Scans that are not counted under the value were counted as <see cref="Other"/>.</summary>
    public void Remove(string value, long count)
    {
        var left = counts.GetValueOrDefault(value) - count;
        if (left > 0)
        {
            counts[value] = left;
            return;
        }

        if (counts.Remove(value))
        {
            bytes -= SizeOf(value);
        }

        if (left < 0 && value != Other)
        {
            Remove(Other, -left);
        }
    }

    private static int SizeOf(string value) => Encoding.UTF8.GetByteCount(value) + Overhead;
}
