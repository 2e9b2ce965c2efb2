using System.Net;
using XQr.Api.Analytics.Scans;

namespace XQr.Api.Redirects.Geo;

/// <summary>The address and country of a visitor.</summary>
/// <param name="Address">The visitor's address, as IPv4 if it is one; null if it is unknown. The address is never stored.</param>
/// <param name="Country">ISO 3166-1 alpha-2, in capitals; <c>ZZ</c> if it is unknown.</param>
internal sealed record VisitorLocation(IPAddress? Address, string Country)
{
    public static VisitorLocation Unknown { get; } = new(null, Scan.UnknownCountry);
}
