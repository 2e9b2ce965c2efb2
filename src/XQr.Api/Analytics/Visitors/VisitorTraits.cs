using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace XQr.Api.Analytics.Visitors;

/// <summary>
/// What visitors are told apart by: it stays in memory, and only until the scan is stored.
/// </summary>
/// <param name="Address">The visitor's address.</param>
/// <param name="UserAgent">The header as sent; may be empty.</param>
internal sealed record VisitorTraits(IPAddress Address, string UserAgent)
{
    /// <summary>
    /// The visitor's number: never 0, the same within a workspace and a day, and without the day's salt of no use to anybody. The first
    /// 64 bits of HMAC-SHA256, with the salt as its key, of the workspace's id, a zero byte, the address' length and bytes, and the user agent.
    /// </summary>
    public ulong NumberOf(byte[] salt, string workspaceId)
    {
        byte[] address = Address.GetAddressBytes();
        byte[] text = [.. Encoding.UTF8.GetBytes(workspaceId), 0, (byte)address.Length, .. address, .. Encoding.UTF8.GetBytes(UserAgent)];
        var number = BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(salt, text));
        return number == 0 ? 1 : number;
    }

    /// <summary>Nothing of a visitor is to be seen, by mistake or not, in a log.</summary>
    public override string ToString() => nameof(VisitorTraits);
}
