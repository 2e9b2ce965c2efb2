using XQr.Api.Pipeline;

namespace XQr.Api;

/// <summary>Makes and reads identifiers: UUIDs of version 7 (RFC 9562), so that ids of one kind sort by their time of creation.</summary>
internal static class Ids
{
#pragma warning disable RS0030 // The one place where ids are made.
    public static Guid New(DateTimeOffset now) => Guid.CreateVersion7(now);
#pragma warning restore RS0030

    /// <summary>The next id of an operation: the same in each of its runs.</summary>
    public static Guid New(Operation operation)
    {
        Span<byte> bytes = stackalloc byte[16];
        New(operation.At).TryWriteBytes(bytes, bigEndian: true, out _);
        var (version, variant) = (bytes[6] & 0xF0, bytes[8] & 0xC0);

        // All but the time (48 bits), the version (4) and the variant (2).
        operation.Fill(bytes[6..]);
        bytes[6] = (byte)(version | (bytes[6] & 0x0F));
        bytes[8] = (byte)(variant | (bytes[8] & 0x3F));
        return new(bytes, bigEndian: true);
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
}
