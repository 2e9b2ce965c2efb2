using System.CommandLine;
using Microsoft.Extensions.Options;
using XQr.Api.Storage;
using XQr.Server.Azurite;

namespace XQr.Server.Commands;

/// <summary>Selects the storage of a command: the configured storage, or local storage.</summary>
internal static class StorageChoice
{
    public const string DefaultFolder = ".xqr";

    public static readonly Option<string?> Data = new("--data")
    {
        HelpName = "DIR",
        Description = "The folder of the local storage, which is used without a setting "
            + $"{StorageOptions.Section}:ConnectionString or AccountName. [default: {DefaultFolder}]",
    };

    public static readonly Option<bool> Ephemeral = new("--ephemeral")
    {
        // Without a value, the option cannot consume the next argument.
        Arity = ArgumentArity.Zero,
        Description = "Keep the local storage in memory; it ends with the server.",
    };

    /// <summary>Returns the full path of the data folder.</summary>
    public static string FolderOf(ParseResult result) => Path.GetFullPath(result.GetValue(Data) ?? DefaultFolder);

    /// <summary>Opens and configures the local storage if no storage is configured.</summary>
    /// <param name="builder">The application builder.</param>
    /// <param name="result">The command line.</param>
    /// <param name="open">A function that opens the storage of a folder.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The local storage, or null if another storage is configured.</returns>
    public static async Task<LocalStorage?> OpenAsync(
        WebApplicationBuilder builder,
        ParseResult result,
        Func<string, TextWriter, CancellationToken, Task<LocalStorage>> open,
        CancellationToken cancellationToken)
    {
        var (isEphemeral, hasFolder) = (result.GetValue(Ephemeral), result.GetValue(Data) is not null);
        if (hasFolder && string.IsNullOrWhiteSpace(result.GetValue(Data)))
        {
            throw new StartFailedException("--data must name a folder.");
        }

        if (isEphemeral && hasFolder)
        {
            throw new StartFailedException("--ephemeral and --data cannot be used together.");
        }

        if (builder.HasStorage())
        {
            return isEphemeral || hasFolder
                ? throw new StartFailedException($"Storage is configured ({StorageOptions.Section}), so --data and --ephemeral do not apply.")
                : null;
        }

        var storage = isEphemeral
            ? await LocalStorage.StartInMemoryAsync(Console.Error, cancellationToken)
            : await open(FolderOf(result), Console.Error, cancellationToken);
        builder.Configuration[$"{StorageOptions.Section}:ConnectionString"] = storage.ConnectionString;
        return storage;
    }

    /// <summary>
    /// Creates tables and containers in local storage and in storage with a connection string. With an account name, the deployment creates
    /// them.
    /// </summary>
    public static async Task EnsureTablesAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        TablesOf(services);
        if (services.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString is { Length: > 0 })
        {
            await services.GetRequiredService<StorageSetup>().EnsureCreatedAsync(cancellationToken);
        }
    }

    /// <summary>Returns the tables of the configured storage.</summary>
    /// <exception cref="StartFailedException">The setting has no address of tables.</exception>
    public static Tables TablesOf(IServiceProvider services)
    {
        try
        {
            return services.GetRequiredService<Tables>();
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            throw new StartFailedException($"{StorageOptions.Section} must have a storage connection string or an account name.", exception);
        }
    }
}
