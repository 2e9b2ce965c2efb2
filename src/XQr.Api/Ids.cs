namespace XQr.Api;

/// <summary>Makes and reads identifiers: UUIDs of version 7 (RFC 9562), so that ids of one kind sort by their time of creation.</summary>
internal static class Ids
{
#pragma warning disable RS0030 // The one place where ids are made.
    public static Guid New(DateTimeOffset now) => Guid.CreateVersion7(now);
#pragma warning restore RS0030

    public static string NewWorkspace(DateTimeOffset now) => $"ws_{New(now)}";

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
