using System.Diagnostics;
using System.Security.Cryptography;

namespace XQr.Server.Azurite;

/// <summary>
/// Runs Azurite, the emulator of Azure Storage, as a child process on free ports of the loopback address. It ends with this process, even
/// after a crash (see <c>run-azurite.cjs</c>).
/// </summary>
internal sealed class AzuriteProcess : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly AzuriteOutput output;
    private readonly Task reading;

    private AzuriteProcess(Process process)
    {
        this.process = process;
        output = new();
        reading = Task.WhenAll(output.ReadAsync(process.StandardOutput), output.ReadAsync(process.StandardError));
        Exited = ExitAsync();
    }

    /// <summary>Gets a task that completes with the last output when the process ends, with or without <see cref="DisposeAsync"/>.</summary>
    public Task<string> Exited { get; }

    /// <summary>Gets the connection. The account key is new at each start.</summary>
    public AzuriteConnection Connection { get; private set; } = null!;

    /// <summary>Starts Azurite from installed packages and waits until it listens.</summary>
    /// <param name="packages">The folder with <c>node_modules</c>.</param>
    /// <param name="location">The data folder, or null to keep the data in memory.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="StartFailedException">Azurite does not start.</exception>
    public static async Task<AzuriteProcess> StartAsync(string packages, string? location, CancellationToken cancellationToken)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        var azurite = new AzuriteProcess(Node.Start(
            "node",
            [
                Path.Combine(AppContext.BaseDirectory, "Azurite", "run-azurite.cjs"),
                Path.Combine(packages, "node_modules", "azurite", "dist", "src", "azurite.js"),
                "--silent", "--skipApiVersionCheck", "--disableTelemetry",
                "--blobHost", "127.0.0.1", "--queueHost", "127.0.0.1", "--tableHost", "127.0.0.1",
                "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
                .. location is null ? (string[])["--inMemoryPersistence"] : ["--location", location],
            ],
            packages,
            new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = $"{Account}:{key}" }));
        try
        {
            var addresses = azurite.output.Listening;
            if (await Task.WhenAny(addresses, azurite.Exited).WaitAsync(StartTimeout, cancellationToken) != addresses)
            {
                throw new StartFailedException($"Azurite ended during its start:{Environment.NewLine}{await azurite.Exited}");
            }

            azurite.Connection = CreateConnection(await addresses, key);
            return azurite;
        }
        catch (TimeoutException exception)
        {
            await azurite.DisposeAsync();
            throw new StartFailedException($"Azurite did not start within {StartTimeout.TotalMinutes:0} minutes.", exception);
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops Azurite after it has saved its data.</summary>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        try
        {
            await Exited.WaitAsync(StopTimeout);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await Exited;
        }

        process.Dispose();
    }

    private static AzuriteConnection CreateConnection(IReadOnlyDictionary<string, string> addresses, string key)
    {
        string[] services = ["Blob", "Queue", "Table"];
        return new(
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={key};"
            + string.Concat(services.Select(service => $"{service}Endpoint={addresses[service]}/{Account};")),
            new Uri(addresses["Liveness"]));
    }

    private async Task<string> ExitAsync()
    {
        await process.WaitForExitAsync();
        await reading;
        return output.LastLines;
    }
}
