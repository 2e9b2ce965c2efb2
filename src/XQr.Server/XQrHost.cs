using Microsoft.Extensions.Configuration.Memory;
using XQr.Api;
using XQr.Api.Pipeline;
using XQr.Api.Storage;
using XQr.Dashboard;
using XQr.Server.Commands;

namespace XQr.Server;

/// <summary>Configures the application on Kestrel.</summary>
internal static class XQrHost
{
    private const string DefaultUrl = "http://127.0.0.1:7071";

    /// <summary>The default settings, which every other configuration source overrides.</summary>
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:System"] = "Warning",

        // A failed start is reported in a sentence, without a stack trace.
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
        ["Logging:Console:FormatterName"] = "simple",
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
        ["Logging:Console:FormatterOptions:IncludeScopes"] = "true",
        ["Logging:Console:LogToStandardErrorThreshold"] = "Trace",
    };

    /// <summary>
    /// Creates the application builder. Settings of the command line override environment variables, which override appsettings.json beside
    /// the program.
    /// </summary>
    /// <param name="settings">Settings of the form <c>--Section:Name value</c> or <c>--Section:Name=value</c>.</param>
    /// <exception cref="StartFailedException">An argument is not a setting.</exception>
    public static WebApplicationBuilder CreateBuilder(IReadOnlyList<string> settings)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = [.. CheckedSettings(settings)], ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        LocalGeoDatabase.UseIfInstalled(builder.Configuration);
        builder.Services.AddXQr(builder.Configuration).AddXQrDashboard();
        return builder;
    }

    /// <summary>Returns true if storage is configured.</summary>
    public static bool HasStorage(this WebApplicationBuilder builder) =>
        builder.Configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() is { IsConfigured: true };

    /// <summary>Configures Kestrel.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="urls">The addresses to serve, or null for those of the configuration or the default.</param>
    public static void UseUrls(this WebApplicationBuilder builder, string? urls)
    {
        string[] settings = ["urls", "http_ports", "https_ports"];
        var isConfigured = settings.Any(key => builder.Configuration[key] is not null)
            || builder.Configuration.GetSection("Kestrel:Endpoints").Exists();
        urls ??= isConfigured ? null : DefaultUrl;
        if ((urls ?? builder.Configuration["urls"]) is { } served)
        {
            ServedUrls.Check(served, urls is null ? "The setting urls (ASPNETCORE_URLS)" : "--urls");
        }

        if (urls is not null)
        {
            builder.WebHost.UseUrls(urls);
        }

        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxRequestHeaderCount = 64;

            // Slightly more than the application's limit, so that the application returns its own error.
            kestrel.Limits.MaxRequestBodySize = BodyMiddleware.MaxBytes + (64 * 1024);
        });
    }

    private static IEnumerable<string> CheckedSettings(IReadOnlyList<string> settings)
    {
        for (var i = 0; i < settings.Count; i++)
        {
            var (name, end) = (settings[i], settings[i].IndexOf('='));
            if (!name.StartsWith("--", StringComparison.Ordinal) || !name.AsSpan(0, end < 0 ? name.Length : end).Contains(':'))
            {
                throw new StartFailedException(
                    $"{Redacted(name)} is not an option or a setting. See --help; a setting is written --Section:Name value.");
            }

            if (end < 0 && ++i == settings.Count)
            {
                throw new StartFailedException($"The setting {name} has no value.");
            }

            yield return end < 0 ? $"{name}={settings[i]}" : name;
        }
    }

    /// <summary>Returns an argument for a message without possible secrets, such as a value or a long text.</summary>
    private static string Redacted(string argument)
    {
        const int MaxLength = 40;
        var name = argument.StartsWith("--", StringComparison.Ordinal) ? argument.Split('=')[0] : argument;
        return name.Length <= MaxLength ? $"'{name}'" : $"An argument of {argument.Length} characters";
    }
}
