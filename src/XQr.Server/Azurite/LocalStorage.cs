namespace XQr.Server.Azurite;

/// <summary>
/// Storage on this machine: an Azurite of our own, in memory or on a data folder. The folder has
/// <list type="bullet">
/// <item><c>azurite/</c>, Azurite's files;</item>
/// <item><c>lock</c>, open in the process whose Azurite has them: two would spoil them;</item>
/// <item><c>connection</c>, while a server runs: how to reach its Azurite, by which commands join it.</item>
/// </list>
/// </summary>
internal sealed class LocalStorage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly IDisposable? claim;
    private readonly AzuriteProcess? azurite;
    private readonly string? published;

    private LocalStorage(string connectionString, AzuriteProcess? azurite = null, IDisposable? claim = null, string? published = null)
    {
        ConnectionString = connectionString;
        this.azurite = azurite;
        this.claim = claim;
        this.published = published;
    }

    public string ConnectionString { get; }

    /// <summary>Gets a task that completes when the owned Azurite ends, with its last output.</summary>
    public Task<string> Ended => azurite?.Exited ?? new TaskCompletionSource<string>().Task;

    /// <summary>Starts a storage in memory, which leaves no files.</summary>
    public static async Task<LocalStorage> StartInMemoryAsync(TextWriter progress, CancellationToken cancellationToken)
    {
        var azurite = await StartAzuriteAsync(location: null, progress, cancellationToken);
        return new(azurite.Connection.ConnectionString, azurite);
    }

    /// <summary>Starts a storage on a folder, for a server.</summary>
    /// <exception cref="StartFailedException">Another process uses the folder, or Azurite does not start.</exception>
    public static async Task<LocalStorage> StartAsync(string folder, TextWriter progress, CancellationToken cancellationToken)
    {
        var claim = TryClaim(folder)
            ?? throw new StartFailedException(
                $"The data in {folder} is in use by another server or command. Stop it, or choose another folder: --data DIR");
        return await StartAsync(folder, claim, isServer: true, progress, cancellationToken);
    }

    /// <summary>Connects to the storage of a server that runs on a folder, or starts one for the duration of a command.</summary>
    /// <exception cref="StartFailedException">Another process uses the folder and does not share it, or Azurite does not start.</exception>
    public static async Task<LocalStorage> JoinAsync(string folder, TextWriter progress, CancellationToken cancellationToken)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        do
        {
            if (TryClaim(folder) is { } claim)
            {
                return await StartAsync(folder, claim, isServer: false, progress, cancellationToken);
            }

            if (await AzuriteConnection.ReadAsync(ConnectionOf(folder), cancellationToken) is { } running && await running.IsAliveAsync(cancellationToken))
            {
                return new(running.ConnectionString);
            }

            // A server is starting or stopping, or another command is running.
            await Task.Delay(BetweenTries, TimeProvider.System, cancellationToken);
        }
        while (TimeProvider.System.GetElapsedTime(startedAt) < Patience);

        throw new StartFailedException($"The data in {folder} is in use by another process, and its storage does not answer.");
    }

    public async ValueTask DisposeAsync()
    {
        if (published is not null)
        {
            File.Delete(published);
        }

        if (azurite is not null)
        {
            await azurite.DisposeAsync();
        }

        claim?.Dispose();
    }

    private static async Task<LocalStorage> StartAsync(
        string folder, IDisposable claim, bool isServer, TextWriter progress, CancellationToken cancellationToken)
    {
        try
        {
            await WaitForLeftoverAsync(folder, cancellationToken);
            var azurite = await StartAzuriteAsync(Path.Combine(folder, "azurite"), progress, cancellationToken);
            if (isServer)
            {
                await azurite.Connection.WriteAsync(ConnectionOf(folder), cancellationToken);
            }

            return new(azurite.Connection.ConnectionString, azurite, claim, isServer ? ConnectionOf(folder) : null);
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    private static async Task<AzuriteProcess> StartAzuriteAsync(string? location, TextWriter progress, CancellationToken cancellationToken)
    {
        var packages = await NodePackages.EnsureInstalledAsync(progress, withTools: false, cancellationToken);
        return await AzuriteProcess.StartAsync(packages, location, cancellationToken);
    }

    /// <summary>Waits for the Azurite of a killed server, which may still save its data.</summary>
    private static async Task WaitForLeftoverAsync(string folder, CancellationToken cancellationToken)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (await AzuriteConnection.ReadAsync(ConnectionOf(folder), cancellationToken) is { } leftover)
        {
            if (!await leftover.IsAliveAsync(cancellationToken))
            {
                File.Delete(ConnectionOf(folder));
            }
            else if (TimeProvider.System.GetElapsedTime(startedAt) > Patience)
            {
                throw new StartFailedException($"The storage of an earlier server still runs on {folder}.");
            }
            else
            {
                await Task.Delay(BetweenTries, TimeProvider.System, cancellationToken);
            }
        }
    }

    private static IDisposable? TryClaim(string folder)
    {
        try
        {
            return FileLock.TryTake(LockOf(folder));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartFailedException($"The folder {folder} can't be used for data. {exception.Message.TrimEnd('.')}. Choose a folder that this user may write to: --data DIR", exception);
        }
    }

    private static string LockOf(string folder) => Path.Combine(folder, "lock");

    private static string ConnectionOf(string folder) => Path.Combine(folder, "connection");
}
