using System.Runtime.InteropServices;

namespace XQr.Server.Tests;

/// <summary>
/// Restores the effect of Ctrl+C for the processes that the tests start. A shell without job control starts background jobs with SIGINT
/// ignored. Child processes inherit this, and .NET programs respect it, so the server would not stop.
/// </summary>
internal static class Interrupts
{
    private const int SigInt = 2;
    private const nint Ignored = 1;

    /// <summary>The size of <c>struct sigaction</c> is less than this on all systems. Its first field is the handler; zero is the default.</summary>
    private const int MaxSize = 256;

    /// <summary>Resets SIGINT in this process to the default if it is ignored.</summary>
    public static void ResetIfIgnored()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var current = new byte[MaxSize];
        Assert.Equal(0, SigAction(SigInt, null, current));
        if (MemoryMarshal.Read<nint>(current) == Ignored)
        {
            Assert.Equal(0, SigAction(SigInt, new byte[MaxSize], null));
        }
    }

    [DllImport("libc", EntryPoint = "sigaction")]
    private static extern int SigAction(int signal, byte[]? action, [Out] byte[]? current);
}
