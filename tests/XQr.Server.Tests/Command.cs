using XQr.Server.Commands;
using XQr.Testing;
using XQr.Testing.Secrets;

namespace XQr.Server.Tests;

/// <summary>Runs commands in the process of the tests, in a tenth of the time of a process that does the same.</summary>
internal static class Command
{
    private const string Storage = "--Xqr:Storage:ConnectionString";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>Runs a command on storage to its end.</summary>
    public static Task<ProcessResult> RunOnAsync(string connectionString, params string[] arguments)
    {
        LogWatch.Shared.AddConnectionString(connectionString);
        return RunAsync([.. arguments, Storage, connectionString]);
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<ProcessResult> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = await CommandLine.RunAsync(arguments, TextWriter.Synchronized(output), TextWriter.Synchronized(errors)).WaitAsync(Timeout);
        var result = new ProcessResult(exitCode, output.ToString(), errors.ToString());
        foreach (var line in $"{result.Output}\n{result.Errors}".Split('\n'))
        {
            ServerProcess.Watch(line);
        }

        return result;
    }
}
