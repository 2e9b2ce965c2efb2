namespace XQr.Server.Azurite;

/// <summary>Locks a resource between processes with an open file. The system releases it when its owner ends, even after a crash.</summary>
internal static class FileLock
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Acquires the lock, or returns null if another process holds it.</summary>
    public static IDisposable? TryAcquire(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Waits for the lock and acquires it.</summary>
    public static async Task<IDisposable> AcquireAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryAcquire(path) is { } acquired)
            {
                return acquired;
            }

            await Task.Delay(RetryInterval, TimeProvider.System, cancellationToken);
        }
    }
}
