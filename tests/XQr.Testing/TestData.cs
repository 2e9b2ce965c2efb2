namespace XQr.Testing;

/// <summary>Finds test data in the Node packages of <c>package.json</c>.</summary>
public static class TestData
{
    /// <summary>Gets the path of a country database in the format of MaxMind.</summary>
    public static string GeoDatabase { get; } =
        Repository.PathOf("node_modules", "@ip-location-db", "geo-whois-asn-country-mmdb", "geo-whois-asn-country.mmdb");
}
