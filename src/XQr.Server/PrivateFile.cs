namespace XQr.Server;

/// <summary>Files that only the user who runs the program may read: they hold keys.</summary>
internal static class PrivateFile
{
    /// <summary>Writes a file so that nobody sees half of it.</summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Environment.ProcessId}.tmp";
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
}
