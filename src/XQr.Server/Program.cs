using System.CommandLine;
using XQr.Server.Commands;

var root = new RootCommand("XQr Serverless: short links, their QR codes and their scans. Without a command it serves.")
{
    WorkspaceCommands.New(),
    KeyCommands.New(),
    MemberCommands.New(),
    ScanCommands.New(),
};
ServeCommand.AddTo(root);

// Settings follow the options; XQrHost reads them and refuses what is none.
root.TreatUnmatchedTokensAsErrors = false;
return await root.Parse(args).InvokeAsync(
    new() { Error = new RedactingWriter(Console.Error), EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
