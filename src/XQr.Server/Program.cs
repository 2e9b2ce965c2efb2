using System.CommandLine;
using XQr.Server.Commands;

var root = new RootCommand("XQr Serverless: short links, their QR codes and their scans. Without a command, it starts the server.")
{
    WorkspaceCommands.Create(),
    KeyCommands.Create(),
    MemberCommands.Create(),
    ScanCommands.Create(),
};
ServeCommand.AddTo(root);

// Settings follow the options. XQrHost reads them and rejects other arguments.
root.TreatUnmatchedTokensAsErrors = false;
return await root.Parse(args).InvokeAsync(
    new() { Error = new RedactingWriter(Console.Error), EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
