namespace XQr.Testing;

/// <summary>Files that the tests read, from the Node packages that <c>package.json</c> pins.</summary>
public static class TestData
{
    /// <summary>Countries of addresses, in MaxMind's format.</summary>
    public static string GeoDatabase { get; } =
        Repository.PathOf("node_modules", "@ip-location-db", "geo-whois-asn-country-mmdb", "geo-whois-asn-country.mmdb");
}
