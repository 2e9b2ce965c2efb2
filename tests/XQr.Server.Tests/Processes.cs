using System.Diagnostics;
using System.Globalization;

namespace XQr.Server.Tests;

/// <summary>Ends processes that the server has started.</summary>
internal static class Processes
{
    /// <summary>Kills the only child of a process.</summary>
    public static async Task KillChildAsync(int parent)
    {
        using var ps = Process.Start(new ProcessStartInfo("ps", ["-A", "-o", "pid=,ppid="]) { RedirectStandardOutput = true })!;
        var lines = (await ps.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var children = from line in lines
                       let ids = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                       where int.Parse(ids[1], CultureInfo.InvariantCulture) == parent
                       select int.Parse(ids[0], CultureInfo.InvariantCulture);
        using var child = Process.GetProcessById(children.Single());
        child.Kill();
    }
}
