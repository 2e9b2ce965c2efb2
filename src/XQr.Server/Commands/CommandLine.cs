using System.CommandLine;

namespace XQr.Server.Commands;

/// <summary>Represents the commands of the program.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command.</summary>
    /// <param name="arguments">The arguments of the program.</param>
    /// <param name="output">The writer of results.</param>
    /// <param name="errors">The writer of messages, which get no secrets.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("XQr Serverless: short links, their QR codes and their scans. Without a command, it starts the server.")
        {
            WorkspaceCommands.Create(),
            KeyCommands.Create(),
            MemberCommands.Create(),
            ScanCommands.Create(),
            WorkCommands.Create(),
        };
        ServeCommand.AddTo(root);

        // Settings follow the options. XQrHost reads them and rejects other arguments.
        root.TreatUnmatchedTokensAsErrors = false;
        return root.Parse(arguments).InvokeAsync(new()
        {
            Output = output,
            Error = new RedactingWriter(errors),
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }
}
