using System.Runtime.InteropServices;

namespace XQr.Server.Commands;

/// <summary>Handles Ctrl+C. The host stops the server gracefully on the first one; the second one ends the process.</summary>
internal static class Interrupts
{
    private const int ExitCode = 130;

    /// <summary>Ends the process on the second Ctrl+C.</summary>
    /// <returns>The registration.</returns>
    public static IDisposable ExitOnSecond()
    {
        var count = 0;
        return PosixSignalRegistration.Create(PosixSignal.SIGINT, _ =>
        {
            if (Interlocked.Increment(ref count) == 2)
            {
                Environment.Exit(ExitCode);
            }
        });
    }
}
