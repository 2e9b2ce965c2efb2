namespace XQr.Server;

/// <summary>The free country database among the Node packages of the checkout, for a local server that was given none.</summary>
internal static class LocalGeoDatabase
{
    private const string Setting = "Xqr:GeoIp:DatabasePath";
    private const string Package = "node_modules/@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb";

    /// <summary>Names the database in the configuration, if it is installed and nothing else is named.</summary>
    public static void UseIfInstalled(IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration[Setting]) && Find() is { } path)
        {
            configuration[Setting] = path;
        }
    }

    /// <summary>The file, in the first folder above the program that has it; null for none.</summary>
    internal static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, Package);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
