using System.Net;
using XQr.Api.Analytics;

namespace XQr.Api.Redirects.Geo;

/// <summary>Where a visitor comes from.</summary>
/// <param name="Address">The visitor's address, IPv4 wherever it is one; null where it is unknown. It is kept nowhere.</param>
/// <param name="Country">ISO 3166-1 alpha-2, in capitals; <c>ZZ</c> where it is unknown.</param>
internal sealed record Origin(IPAddress? Address, string Country)
{
    public static Origin Unknown { get; } = new(null, Scan.UnknownCountry);
}
