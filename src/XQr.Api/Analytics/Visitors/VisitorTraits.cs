using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace XQr.Api.Analytics.Visitors;

/// <summary>
/// The properties that distinguish visitors. They are only in memory, and only until the scan is stored.
/// </summary>
/// <param name="Address">The visitor's address.</param>
/// <param name="UserAgent">The header as sent; may be empty.</param>
internal sealed record VisitorTraits(IPAddress Address, string UserAgent)
{
    /// <summary>
    /// Returns the visitor number. It is never 0, the same within a workspace and a day, and random without the day's salt. It is the first 64
    /// bits of HMAC-SHA256, keyed by the salt, of the workspace's id, a zero byte, the length and bytes of the address, and the user agent.
    /// </summary>
    public ulong NumberOf(byte[] salt, string workspaceId)
    {
        byte[] address = Address.GetAddressBytes();
        byte[] text = [.. Encoding.UTF8.GetBytes(workspaceId), 0, (byte)address.Length, .. address, .. Encoding.UTF8.GetBytes(UserAgent)];
        var number = BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(salt, text));
        return number == 0 ? 1 : number;
    }

    /// <summary>Returns the type name, so that no log shows a visitor by mistake.</summary>
    public override string ToString() => nameof(VisitorTraits);
}
