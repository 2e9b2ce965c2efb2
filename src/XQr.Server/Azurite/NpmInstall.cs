namespace XQr.Server.Azurite;

/// <summary>Runs <c>npm ci</c>, which installs exactly the packages of <c>package-lock.json</c>.</summary>
internal static class NpmInstall
{
    private const int DownloadsALine = 100;
    private const int LastLines = 15;

    public static async Task RunAsync(string folder, bool withTools, TextWriter progress, CancellationToken cancellationToken)
    {
        await progress.WriteLineAsync(
            $"Installing the Node packages of {(withTools ? "the local storage and the tests" : "the local storage")} into {folder}, once …");

        // No package needs its install script, and scripts can run any code.
        string[] arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=http", .. withTools ? (string[])[] : ["--omit=dev"]];
        using var npm = Node.Start(Node.Npm, arguments, folder);
        npm.StandardInput.Close();
        using var ending = cancellationToken.Register(() => npm.Kill(entireProcessTree: true));
        var log = new Log(progress);
        await Task.WhenAll(log.ReadAsync(npm.StandardOutput), log.ReadAsync(npm.StandardError), npm.WaitForExitAsync(CancellationToken.None));
        cancellationToken.ThrowIfCancellationRequested();
        if (npm.ExitCode != 0)
        {
            throw new StartFailedException($"npm could not install the packages (exit code {npm.ExitCode}):{Environment.NewLine}{log.End}");
        }
    }

    /// <summary>
    /// Reports a line of progress for many downloads; npm writes a line for each. Warnings are skipped, because they are for maintainers of
    /// the packages.
    /// </summary>
    private sealed class Log(TextWriter progress)
    {
        private readonly Lock gate = new();
        private readonly Queue<string> last = new();
        private int downloads;

        public string End => string.Join(Environment.NewLine, last);

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
                if (++downloads % DownloadsALine == 0)
                {
                    progress.WriteLine($"{downloads} downloads");
                }

                return;
            }

            last.Enqueue(line);
            if (!line.StartsWith("npm warn", StringComparison.Ordinal))
            {
                progress.WriteLine(line);
            }

            if (last.Count > LastLines)
            {
                last.Dequeue();
            }
        }
    }
}
