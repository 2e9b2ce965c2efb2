using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace XQr.Api.Work;

/// <summary>Spreads rows that many instances write over partitions, so that none is hot.</summary>
internal static class WorkShards
{
    /// <summary>The number of shards.</summary>
    public const int Count = 64;

    /// <summary>Gets the names of all shards: two hexadecimal digits.</summary>
    public static IEnumerable<string> All => Enumerable.Range(0, Count).Select(NameOf);

    /// <summary>Returns the shard of a key.</summary>
    public static string Of(string key) => NameOf((int)(XxHash64.HashToUInt64(MemoryMarshal.AsBytes(key.AsSpan())) % Count));

    private static string NameOf(int shard) => shard.ToString("x2", CultureInfo.InvariantCulture);
}
