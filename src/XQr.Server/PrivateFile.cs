namespace XQr.Server;

/// <summary>Writes files that only the current user can read, because they contain keys.</summary>
internal static class PrivateFile
{
    /// <summary>Creates the folder of a file and checks that the file can be written there, without changing the file.</summary>
    public static void CheckWritable(string path)
    {
        if (Directory.Exists(path) || Path.GetFileName(path).Length == 0)
        {
            throw new IOException("It is a folder.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose };
        using var probe = new FileStream(DraftOf(path), options);
    }

    /// <summary>Writes a file atomically.</summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = DraftOf(path);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var file = new FileStream(draft, options))
        {
            await file.WriteAsync(content, cancellationToken);
        }

        File.Move(draft, path, overwrite: true);
    }

    private static string DraftOf(string path) => $"{path}.{Environment.ProcessId}.tmp";
}
