using System.Buffers.Binary;
using System.Security.Cryptography;

namespace XQr.Api.Primitives;

/// <summary>
/// Makes and reads identifiers: UUIDs of version 7, whose 12 bits after the millisecond are its fraction (RFC 9562, section 6.2, method 3),
/// so that ids of one kind sort by their time of creation, to a quarter of a microsecond.
/// </summary>
internal static class Ids
{
    public static Guid New(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[8..]);
        return New(now, bytes);
    }

    /// <summary>The next id of an operation: the same in each of its runs.</summary>
    public static Guid New(CreationSeed seed)
    {
        Span<byte> bytes = stackalloc byte[16];
        seed.Fill(bytes[8..]);
        return New(seed.At, bytes);
    }

    /// <summary>The smallest id of a time: ids from this time on are not smaller, and earlier ones are.</summary>
    public static Guid First(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        return New(at, bytes);
    }

    public static string NewWorkspace(DateTimeOffset now) => $"ws_{New(now)}";

    public static string NewMember(DateTimeOffset now) => $"usr_{New(now)}";

    public static string NewKey(DateTimeOffset now) => $"key_{New(now)}";

    /// <summary>The id with its bits inverted, as 32 hex digits: in ascending order of these keys, the newest id comes first.</summary>
    public static string Descending(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        foreach (ref var b in bytes)
        {
            b = (byte)~b;
        }

        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>Reads a UUID in its canonical form; anything else names no resource.</summary>
    public static bool TryParse(string? text, out Guid id) => Guid.TryParseExact(text, "D", out id);

    /// <summary>Puts the time, the version and the variant in front of random bytes.</summary>
    private static Guid New(DateTimeOffset at, Span<byte> bytes)
    {
        var fraction = at.UtcTicks % TimeSpan.TicksPerMillisecond * (1 << 12) / TimeSpan.TicksPerMillisecond;
        BinaryPrimitives.WriteInt64BigEndian(bytes, (at.ToUnixTimeMilliseconds() << 16) | 0x7000 | fraction);
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new(bytes, bigEndian: true);
    }
}
