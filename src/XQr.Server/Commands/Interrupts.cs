using System.Runtime.InteropServices;

namespace XQr.Server.Commands;

/// <summary>Ctrl+C: the first stops the server in order, which is the host's work; the second means it.</summary>
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
