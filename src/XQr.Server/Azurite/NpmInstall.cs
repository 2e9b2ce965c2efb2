namespace XQr.Server.Azurite;

/// <summary>Runs <c>npm ci</c>, which installs exactly the packages of <c>package-lock.json</c>.</summary>
internal static class NpmInstall
{
    private const int DownloadsPerLine = 100;
    private const int MaxLastLines = 15;

    /// <summary>Installs the packages.</summary>
    /// <param name="folder">The folder with <c>package-lock.json</c>.</param>
    /// <param name="withTools">True to also install the tools of the tests.</param>
    /// <param name="progress">The writer for progress messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="StartFailedException">npm failed.</exception>
    public static async Task RunAsync(string folder, bool withTools, TextWriter progress, CancellationToken cancellationToken)
    {
        await progress.WriteLineAsync(
            $"Installing the Node packages of {(withTools ? "the local storage and the tests" : "the local storage")} into {folder} …");

        // No package requires its install script, and scripts can run any code.
        string[] arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=http", .. withTools ? (string[])[] : ["--omit=dev"]];
        using var npm = Node.Start(Node.Npm, arguments, folder);
        npm.StandardInput.Close();
        using var registration = cancellationToken.Register(() => npm.Kill(entireProcessTree: true));
        var log = new Log(progress);
        await Task.WhenAll(log.ReadAsync(npm.StandardOutput), log.ReadAsync(npm.StandardError), npm.WaitForExitAsync(CancellationToken.None));
        cancellationToken.ThrowIfCancellationRequested();
        if (npm.ExitCode != 0)
        {
            throw new StartFailedException($"npm could not install the packages (exit code {npm.ExitCode}):{Environment.NewLine}{log.LastLines}");
        }
    }

    /// <summary>
    /// Reports progress. npm writes a line for each download, which are summarized. Warnings are skipped, because they are for the maintainers
    /// of the packages.
    /// </summary>
    private sealed class Log(TextWriter progress)
    {
        private readonly Lock gate = new();
        private readonly Queue<string> lastLines = new();
        private int downloads;

        public string LastLines => string.Join(Environment.NewLine, lastLines);

        public async Task ReadAsync(StreamReader output)
        {
            while (await output.ReadLineAsync() is { } line)
            {
                lock (gate)
                {
                    Add(line);
                }
            }
        }

        private void Add(string line)
        {
            if (line.StartsWith("npm http", StringComparison.Ordinal))
            {
                if (++downloads % DownloadsPerLine == 0)
                {
                    progress.WriteLine($"{downloads} downloads");
                }

                return;
            }

            lastLines.Enqueue(line);
            if (!line.StartsWith("npm warn", StringComparison.Ordinal))
            {
                progress.WriteLine(line);
            }

            if (lastLines.Count > MaxLastLines)
            {
                lastLines.Dequeue();
            }
        }
    }
}
