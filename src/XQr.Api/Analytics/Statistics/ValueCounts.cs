using System.Text;

namespace XQr.Api.Analytics.Statistics;

/// <summary>
/// How many scans have each value of a dimension. As visitors choose what they send, the values of a stored row have a limit in bytes;
/// what comes when it is reached counts as <see cref="Other"/>.
/// </summary>
internal sealed class ValueCounts
{
    public const string Other = "other";

    /// <summary>What a value takes beside its text: two numbers.</summary>
    private const int Overhead = 4;

    private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);
    private int bytes;

    public IReadOnlyDictionary<string, long> All => counts;

    /// <param name="value">The value.</param>
    /// <param name="count">How many more.</param>
    /// <param name="maxBytes">How many bytes all values may take.</param>
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

    /// <summary>Takes away what was added. What isn't there under its value was counted as <see cref="Other"/>.</summary>
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
