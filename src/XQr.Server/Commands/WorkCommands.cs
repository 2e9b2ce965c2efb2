using System.CommandLine;
using XQr.Api.Work;

namespace XQr.Server.Commands;

/// <summary>Creates the commands <c>work list</c> and <c>work retry</c>, which print a line for each message of the poison queue.</summary>
internal static class WorkCommands
{
    public static Command Create()
    {
        var list = new Command("list", "Prints the messages whose work failed too often, at most 32.");
        list.RunOnStorage(ListAsync);
        var retry = new Command("retry", "Sends these messages again and prints the result of each.");
        retry.RunOnStorage(RetryAsync);
        return new Command("work", "Manages background work that failed.") { list, retry };
    }

    private static async Task<string> ListAsync(ParseResult result, IServiceProvider services, CancellationToken cancellationToken)
    {
        var (count, texts) = await services.GetRequiredService<PoisonOperations>().ListAsync(cancellationToken);
        return string.Join(Environment.NewLine, count > texts.Count ? [.. texts, $"and {count - texts.Count} more"] : texts);
    }

    private static async Task<string> RetryAsync(ParseResult result, IServiceProvider services, CancellationToken cancellationToken)
    {
        var results = await services.GetRequiredService<PoisonOperations>().RetryAsync(cancellationToken).ToListAsync(cancellationToken);
        return string.Join(Environment.NewLine, results.Select(each => $"{each.Text}  {(each.IsSent ? "sent" : "kept: it cannot be read")}"));
    }
}
