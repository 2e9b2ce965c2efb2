using System.Diagnostics;
using System.Globalization;

namespace XQr.Server.Tests;

/// <summary>Processes that the server has started.</summary>
internal static class Processes
{
    /// <summary>Kills the one child that a process has.</summary>
    public static async Task KillChildAsync(int parent)
    {
        using var ps = Process.Start(new ProcessStartInfo("ps", ["-A", "-o", "pid=,ppid="]) { RedirectStandardOutput = true })!;
        var lines = (await ps.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var children = lines
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray())
            .Where(pair => pair[1] == parent);
        using var child = Process.GetProcessById(children.Single()[0]);
        child.Kill();
    }
}
