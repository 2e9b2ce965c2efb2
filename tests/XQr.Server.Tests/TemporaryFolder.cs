namespace XQr.Server.Tests;

/// <summary>An empty folder of one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("xqr-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
