namespace XQr.Server;

/// <summary>Finds the free country database in the Node packages of the checkout, for local servers without another database.</summary>
internal static class LocalGeoDatabase
{
    private const string Setting = "Xqr:GeoIp:DatabasePath";
    private const string Package = "node_modules/@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb";

    /// <summary>Sets the database in the configuration if it is installed and no other is configured.</summary>
    public static void UseIfInstalled(IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration[Setting]) && Find() is { } path)
        {
            configuration[Setting] = path;
        }
    }

    /// <summary>Returns the path of the database in the nearest folder above the program, or null.</summary>
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
