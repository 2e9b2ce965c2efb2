using System.ComponentModel;
using System.Diagnostics;

namespace XQr.Server.Azurite;

/// <summary>Finds and starts Node.js, on which the local storage runs.</summary>
internal static class Node
{
    private const int OldestMajor = 20;

    private static readonly string Needed =
        $"Node.js {OldestMajor} or later is needed for the local storage. Get it from https://nodejs.org, or set Xqr:Storage:ConnectionString to a storage that runs already.";

    /// <summary>The file name of npm: Windows searches only for .exe without an extension.</summary>
    public static string Npm { get; } = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    /// <exception cref="StartFailedException">Node.js is missing or too old.</exception>
    public static async Task CheckVersionAsync(CancellationToken cancellationToken)
    {
        using var node = Start("node", ["--version"], AppContext.BaseDirectory);
        var text = (await node.StandardOutput.ReadToEndAsync(cancellationToken)).Trim();
        await node.WaitForExitAsync(cancellationToken);
        if (!Version.TryParse(text.TrimStart('v'), out var version) || version.Major < OldestMajor)
        {
            throw new StartFailedException($"{Needed} The one that was found says {(text.Length == 0 ? "nothing" : text)}.");
        }
    }

    /// <summary>Starts a program of Node.js with redirected standard streams.</summary>
    /// <exception cref="StartFailedException">The program is missing.</exception>
    public static Process Start(string program, IEnumerable<string> arguments, string folder, IDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new StartFailedException($"{Needed} ({program} was not found.)", exception);
        }
    }
}
