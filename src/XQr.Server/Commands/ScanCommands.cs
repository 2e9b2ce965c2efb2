using System.CommandLine;
using XQr.Api.Analytics.Quarantine;

namespace XQr.Server.Commands;

/// <summary>Creates the commands <c>scans quarantine list</c> and <c>scans quarantine retry</c>, which print a line for each entry.</summary>
internal static class ScanCommands
{
    private static readonly Option<string> Workspace = new("--workspace") { Required = true, HelpName = "ID", Description = "The workspace." };

    public static Command Create()
    {
        var list = new Command("list", "Prints the entries of the quarantine: id and reason.") { Workspace };
        list.RunOnStorage(ListAsync);
        var retry = new Command("retry", "Tries to store the scans again and prints the result of each entry.") { Workspace };
        retry.RunOnStorage(RetryAsync);
        return new Command("scans", "Manages the scans of a workspace.")
        {
            new Command("quarantine", "Manages scans that storage rejected or that cannot be read.") { list, retry },
        };
    }

    private static async Task<string> ListAsync(ParseResult result, IServiceProvider services, CancellationToken cancellationToken)
    {
        var workspace = await WorkspaceAsync(result, services, cancellationToken);
        var quarantine = services.GetRequiredService<QuarantineOperations>();
        var entries = await quarantine.ListAsync(workspace, cancellationToken).ToListAsync(cancellationToken);
        return string.Join(Environment.NewLine, entries.Select(entry => $"{entry.Id}  {entry.Reason}"));
    }

    private static async Task<string> RetryAsync(ParseResult result, IServiceProvider services, CancellationToken cancellationToken)
    {
        var workspace = await WorkspaceAsync(result, services, cancellationToken);
        var quarantine = services.GetRequiredService<QuarantineOperations>();
        var outcomes = await quarantine.RetryAsync(workspace, cancellationToken).ToListAsync(cancellationToken);
        return string.Join(
            Environment.NewLine, outcomes.Select(outcome => $"{outcome.Id}  {(outcome.IsStored ? "stored" : $"kept: {outcome.Reason}")}"));
    }

    private static async Task<string> WorkspaceAsync(ParseResult result, IServiceProvider services, CancellationToken cancellationToken) =>
        (await Arguments.FindWorkspaceAsync(services, result.GetRequiredValue(Workspace), cancellationToken)).Id;
}
