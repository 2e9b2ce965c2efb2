using System.ComponentModel;
using System.Diagnostics;

namespace XQr.Server.Azurite;

/// <summary>Finds and starts Node.js, which runs the local storage.</summary>
internal static class Node
{
    private const int MinMajorVersion = 20;

    private static readonly string Requirement =
        $"The local storage requires Node.js {MinMajorVersion} or later. Install it from https://nodejs.org, "
        + "or set Xqr:Storage:ConnectionString to existing storage.";

    /// <summary>Gets the file name of npm. Windows finds only .exe files by a name without extension.</summary>
    public static string Npm { get; } = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    /// <summary>Checks that Node.js is installed in a supported version.</summary>
    /// <exception cref="StartFailedException">Node.js is missing or too old.</exception>
    public static async Task CheckVersionAsync(CancellationToken cancellationToken)
    {
        using var node = Start("node", ["--version"], AppContext.BaseDirectory);
        var text = (await node.StandardOutput.ReadToEndAsync(cancellationToken)).Trim();
        await node.WaitForExitAsync(cancellationToken);
        if (!Version.TryParse(text.TrimStart('v'), out var version) || version.Major < MinMajorVersion)
        {
            throw new StartFailedException($"{Requirement} The installed version is {(text.Length == 0 ? "unknown" : text)}.");
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
            throw new StartFailedException($"{Requirement} ({program} was not found.)", exception);
        }
    }
}
