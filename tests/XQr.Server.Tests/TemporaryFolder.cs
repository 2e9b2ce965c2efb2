namespace XQr.Server.Tests;

/// <summary>An empty folder of one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    public string Path { get; } = Directory.CreateTempSubdirectory("xqr-test-").FullName;

    /// <summary>Removes it. The storage of a server that was made to end at once may still be saving, and so adding files.</summary>
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
