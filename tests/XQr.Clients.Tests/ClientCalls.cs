using System.IO.Compression;

namespace XQr.Clients.Tests;

/// <summary>The requests and results that the tests of all generated clients share.</summary>
internal static class ClientCalls
{
    /// <summary>A destination that browsers follow and that strict parsers of URIs refuse.</summary>
    public const string Destination = "https://example.com/é?q=a|b[c]";

    public static async Task<byte[]> BytesAsync(Stream? stream)
    {
        Assert.NotNull(stream);
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        return memory.ToArray();
    }

    /// <summary>The names of the files in a ZIP file.</summary>
    public static IReadOnlyList<string> NamesIn(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }
}
