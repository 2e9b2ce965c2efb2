using System.Runtime.InteropServices;

namespace XQr.Server.Commands;

/// <summary>Handles Ctrl+C: the first stops the server gracefully, which the host does; the second ends the process.</summary>
internal static class Interrupts
{
    private const int ExitCode = 130;

    public static IDisposable ForceTheSecond()
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
