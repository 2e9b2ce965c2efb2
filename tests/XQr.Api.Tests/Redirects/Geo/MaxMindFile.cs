using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.Json;

namespace XQr.Api.Tests.Redirects.Geo;

/// <summary>Writes small databases (MaxMind DB file format 2.0).</summary>
internal static class MaxMindFile
{
    // Types 5, 6 and 9 of one byte; types above 7 have a byte of their own.
    private static ReadOnlySpan<byte> UInt16 => [0xA1];

    private static ReadOnlySpan<byte> UInt32 => [0xC1];

    private static ReadOnlySpan<byte> UInt64 => [0x01, 0x02];

    /// <summary>A database of IPv4 addresses that knows one network.</summary>
    /// <param name="network">Its address.</param>
    /// <param name="prefix">The number of bits of the prefix.</param>
    /// <param name="record">The record of the network: a JSON object of strings and objects.</param>
    public static byte[] Of(IPAddress network, int prefix, string record)
    {
        var file = new List<byte>();
        var address = BinaryPrimitives.ReadUInt32BigEndian(network.GetAddressBytes());
        for (var bit = 0; bit < prefix; bit++)
        {
            // Two records of 24 bits a node: where 0 leads and where 1 leads. The number of nodes means nowhere, 16 more the data.
            var next = bit + 1 < prefix ? bit + 1 : prefix + 16;
            var isOne = (address >> (31 - bit) & 1) == 1;
            file.AddRange(Number(isOne ? prefix : next).AsSpan(1).ToArray());
            file.AddRange(Number(isOne ? next : prefix).AsSpan(1).ToArray());
        }

        file.AddRange(new byte[16]);
        Write(file, JsonElement.Parse(record));
        file.AddRange([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]);
        Map(file, 9);
        Pair(file, "binary_format_major_version", UInt16, 2);
        Pair(file, "binary_format_minor_version", UInt16, 0);
        Pair(file, "build_epoch", UInt64, 1);
        Pair(file, "ip_version", UInt16, 4);
        Pair(file, "node_count", UInt32, prefix);
        Pair(file, "record_size", UInt16, 24);
        Text(file, "database_type");
        Text(file, "Test-Country");
        Text(file, "description");
        Map(file, 0);
        Text(file, "languages");
        file.AddRange([0x00, 0x04]);
        return [.. file];
    }

    private static void Write(List<byte> file, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            Text(file, value.GetString()!);
            return;
        }

        Map(file, value.EnumerateObject().Count());
        foreach (var property in value.EnumerateObject())
        {
            Text(file, property.Name);
            Write(file, property.Value);
        }
    }

    /// <summary>Type 7.</summary>
    private static void Map(List<byte> file, int pairs) => file.Add((byte)(0xE0 | pairs));

    /// <summary>Type 2; texts under 29 bytes have their length in the first byte.</summary>
    private static void Text(List<byte> file, string text)
    {
        file.Add((byte)(0x40 | text.Length));
        file.AddRange(Encoding.ASCII.GetBytes(text));
    }

    /// <summary>Encodes a number under 256 of any type in one byte.</summary>
    private static void Pair(List<byte> file, string name, ReadOnlySpan<byte> type, int value)
    {
        Text(file, name);
        file.AddRange([.. type, (byte)value]);
    }

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
