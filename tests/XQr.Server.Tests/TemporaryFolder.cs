namespace XQr.Server.Tests;

/// <summary>Creates an empty folder for a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    public string Path { get; } = Directory.CreateTempSubdirectory("xqr-test-").FullName;

    /// <summary>Deletes the folder. The storage of a terminated server may still be saving its data, and so adding files.</summary>
    public void Dispose() => Assert.True(SpinWait.SpinUntil(TryDelete, Timeout), $"{Path} can't be removed.");

    private bool TryDelete()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
