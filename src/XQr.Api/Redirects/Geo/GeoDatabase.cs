using System.Net;
using MaxMind.Db;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace XQr.Api.Redirects.Geo;

/// <summary>
/// Looks up the countries of addresses in a file of MaxMind's format. The file is loaded into memory (5 to 10 MB for a country database),
/// so it can be replaced at any time. If a new file cannot be read, the previous one stays in use.
/// </summary>
internal sealed partial class GeoDatabase : IDisposable
{
    private readonly ILogger<GeoDatabase> logger;
    private readonly PhysicalFileProvider? folder;
    private readonly IDisposable? watch;
    private Reader? reader;

    /// <summary>Opens the database, if one is configured, and watches its file.</summary>
    /// <exception cref="InvalidDatabaseException">The file does not have this format.</exception>
    /// <exception cref="IOException">The file does not exist.</exception>
    public GeoDatabase(IOptions<VisitorLocationOptions> options, ILogger<GeoDatabase> logger)
    {
        this.logger = logger;
        if (options.Value.GeoIp.DatabasePath is not { Length: > 0 } setting)
        {
            return;
        }

        var path = Path.GetFullPath(setting);
        reader = Open(path);
        folder = new PhysicalFileProvider(Path.GetDirectoryName(path)!, ExclusionFilters.None);
        watch = ChangeToken.OnChange(() => folder.Watch(Path.GetFileName(path)), Reload, path);
    }

    /// <summary>Returns the error of a file, or null if it can be used.</summary>
    public static string? Validate(string path)
    {
        try
        {
            // Memory-mapped, because this check does not read the whole file.
            using var reader = new Reader(path, FileAccessMode.MemoryMapped);
            return null;
        }
        catch (Exception exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Returns the country of an address as an ISO 3166-1 alpha-2 code, or null if the file has none.</summary>
    public string? Find(IPAddress address)
    {
        if (Volatile.Read(ref reader) is not { } current
            || (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && current.Metadata.IPVersion == 4))
        {
            return null;
        }

        try
        {
            return current.Find<Dictionary<string, object>>(address) is { } record ? CountryIn(record) : null;
        }
        catch (Exception exception)
        {
            // The file is damaged. Countries are unknown until the file is replaced; redirects must not fail.
            Log.Damaged(logger, exception);
            Interlocked.CompareExchange(ref reader, null, current);
            return null;
        }
    }

    public void Dispose()
    {
        watch?.Dispose();
        folder?.Dispose();
        reader?.Dispose();
    }

    /// <summary>Returns the code from <c>country.iso_code</c> (MaxMind), <c>country_code</c> or <c>country</c> (others).</summary>
    private static string? CountryIn(Dictionary<string, object> record)
    {
        var country = record.GetValueOrDefault("country");
        var code = country is Dictionary<string, object> details
            ? details.GetValueOrDefault("iso_code")
            : country ?? record.GetValueOrDefault("country_code");
        return code as string;
    }

    private static Reader Open(string path) => new(path, FileAccessMode.Memory);

    private void Reload(string path)
    {
        try
        {
            // Active reads continue with the previous database, which the garbage collector frees.
            Volatile.Write(ref reader, Open(path));
            Log.Loaded(logger, path);
        }
        catch (Exception exception)
        {
            Log.NotLoaded(logger, path, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The country database was reloaded from {Path}.")]
        public static partial void Loaded(ILogger logger, string path);

        [LoggerMessage(2, LogLevel.Warning, "The country database could not be reloaded from {Path}. The previous version stays in use.")]
        public static partial void NotLoaded(ILogger logger, string path, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "The country database is damaged and is no longer used. Replace the file.")]
        public static partial void Damaged(ILogger logger, Exception exception);
    }
}
