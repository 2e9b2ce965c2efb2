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

    /// <summary>Ends when our Azurite has ended, with what it wrote last.</summary>
    public Task<string> Ended => azurite?.Exited ?? new TaskCompletionSource<string>().Task;

    /// <summary>Starts one in memory, that leaves nothing behind.</summary>
    public static async Task<LocalStorage> StartInMemoryAsync(TextWriter progress, CancellationToken cancellationToken)
    {
        var azurite = await StartAzuriteAsync(location: null, progress, cancellationToken);
        return new(azurite.Connection.ConnectionString, azurite);
    }

    /// <summary>Starts one on a folder, for a server.</summary>
    /// <exception cref="StartFailedException">Another process has the folder, or Azurite doesn't start.</exception>
    public static async Task<LocalStorage> StartAsync(string folder, TextWriter progress, CancellationToken cancellationToken)
    {
        var claim = TryClaim(folder)
            ?? throw new StartFailedException(
                $"The data in {folder} is in use by another server or command. Stop it, or choose another folder: --data DIR");
        return await StartAsync(folder, claim, isServer: true, progress, cancellationToken);
    }

    /// <summary>Joins the one of the server that runs on a folder; where none does, starts one for as long as a command takes.</summary>
    /// <exception cref="StartFailedException">Another process has the folder and doesn't share it, or Azurite doesn't start.</exception>
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

            // A server that starts or stops, or another command.
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

    /// <summary>Where a server was killed, its Azurite may still be saving.</summary>
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
