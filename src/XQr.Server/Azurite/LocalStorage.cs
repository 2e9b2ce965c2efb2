namespace XQr.Server.Azurite;

/// <summary>
/// Runs storage on this machine: an Azurite process with its data in memory or in a folder. The folder contains:
/// <list type="bullet">
/// <item><c>azurite/</c>: the files of Azurite.</item>
/// <item><c>lock</c>: a file that is open in the process whose Azurite uses the files, because two processes would corrupt them.</item>
/// <item><c>connection</c>: the connection to the Azurite of a running server, which commands use.</item>
/// </list>
/// </summary>
internal sealed class LocalStorage : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(100);

    private readonly IDisposable? folderLock;
    private readonly AzuriteProcess? azurite;
    private readonly string? connectionFile;

    private LocalStorage(
        string connectionString, AzuriteProcess? azurite = null, IDisposable? folderLock = null, string? connectionFile = null)
    {
        ConnectionString = connectionString;
        this.azurite = azurite;
        this.folderLock = folderLock;
        this.connectionFile = connectionFile;
    }

    public string ConnectionString { get; }

    /// <summary>Gets a task that completes with the last output when the owned Azurite process ends.</summary>
    public Task<string> Exited => azurite?.Exited ?? new TaskCompletionSource<string>().Task;

    /// <summary>Starts storage in memory, which leaves no files.</summary>
    public static async Task<LocalStorage> StartInMemoryAsync(TextWriter progress, CancellationToken cancellationToken)
    {
        var azurite = await StartAzuriteAsync(location: null, progress, cancellationToken);
        return new(azurite.Connection.ConnectionString, azurite);
    }

    /// <summary>Starts storage in a folder, for a server.</summary>
    /// <exception cref="StartFailedException">Another process uses the folder, or Azurite does not start.</exception>
    public static async Task<LocalStorage> StartAsync(string folder, TextWriter progress, CancellationToken cancellationToken)
    {
        var folderLock = TryLock(folder)
            ?? throw new StartFailedException(
                $"The data in {folder} is in use by another server or command. Stop it, or choose another folder: --data DIR");
        return await StartAsync(folder, folderLock, isServer: true, progress, cancellationToken);
    }

    /// <summary>Connects to the storage of a server that uses a folder, or starts storage for the duration of a command.</summary>
    /// <exception cref="StartFailedException">Another process uses the folder and does not share it, or Azurite does not start.</exception>
    public static async Task<LocalStorage> JoinAsync(string folder, TextWriter progress, CancellationToken cancellationToken)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        do
        {
            if (TryLock(folder) is { } folderLock)
            {
                return await StartAsync(folder, folderLock, isServer: false, progress, cancellationToken);
            }

            if (await AzuriteConnection.ReadAsync(ConnectionOf(folder), cancellationToken) is { } running
                && await running.IsAliveAsync(cancellationToken))
            {
                return new(running.ConnectionString);
            }

            // A server is starting or stopping, or another command is running.
            await Task.Delay(RetryInterval, TimeProvider.System, cancellationToken);
        }
        while (TimeProvider.System.GetElapsedTime(startedAt) < Timeout);

        throw new StartFailedException($"The data in {folder} is in use by another process, and its storage does not respond.");
    }

    public async ValueTask DisposeAsync()
    {
        if (connectionFile is not null)
        {
            File.Delete(connectionFile);
        }

        if (azurite is not null)
        {
            await azurite.DisposeAsync();
        }

        folderLock?.Dispose();
    }

    private static async Task<LocalStorage> StartAsync(
        string folder, IDisposable folderLock, bool isServer, TextWriter progress, CancellationToken cancellationToken)
    {
        try
        {
            await WaitForPreviousServerAsync(folder, cancellationToken);
            var azurite = await StartAzuriteAsync(Path.Combine(folder, "azurite"), progress, cancellationToken);
            if (isServer)
            {
                await azurite.Connection.WriteAsync(ConnectionOf(folder), cancellationToken);
            }

            return new(azurite.Connection.ConnectionString, azurite, folderLock, isServer ? ConnectionOf(folder) : null);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    private static async Task<AzuriteProcess> StartAzuriteAsync(string? location, TextWriter progress, CancellationToken cancellationToken)
    {
        var packages = await NodePackages.EnsureInstalledAsync(progress, withTools: false, cancellationToken);
        return await AzuriteProcess.StartAsync(packages, location, cancellationToken);
    }

    /// <summary>Waits for the Azurite of a killed server, which may still be saving its data.</summary>
    private static async Task WaitForPreviousServerAsync(string folder, CancellationToken cancellationToken)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (await AzuriteConnection.ReadAsync(ConnectionOf(folder), cancellationToken) is { } previous)
        {
            if (!await previous.IsAliveAsync(cancellationToken))
            {
                File.Delete(ConnectionOf(folder));
            }
            else if (TimeProvider.System.GetElapsedTime(startedAt) > Timeout)
            {
                throw new StartFailedException($"The storage of an earlier server still uses {folder}.");
            }
            else
            {
                await Task.Delay(RetryInterval, TimeProvider.System, cancellationToken);
            }
        }
    }

    private static IDisposable? TryLock(string folder)
    {
        try
        {
            return FileLock.TryAcquire(LockOf(folder));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartFailedException(
                $"The folder {folder} can't be used for data. {exception.Message.TrimEnd('.')}. "
                + "Choose a folder that this user can write to: --data DIR",
                exception);
        }
    }

    private static string LockOf(string folder) => Path.Combine(folder, "lock");

    private static string ConnectionOf(string folder) => Path.Combine(folder, "connection");
}
