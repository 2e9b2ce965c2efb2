using System.CommandLine;
using Microsoft.Extensions.Options;
using XQr.Api.Storage;
using XQr.Server.Azurite;

namespace XQr.Server.Commands;

/// <summary>How commands run: the same for all of them.</summary>
internal static class CommandActions
{
    /// <summary>Has a command end with a message and exit code 1 where what went wrong is for the person at the keyboard to put right.</summary>
    public static void Run(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (result, cancellationToken) =>
        {
            try
            {
                return await action(result, cancellationToken);
            }
            catch (Exception exception) when (Explain(exception) is { } message)
            {
                await Console.Error.WriteLineAsync(message);
                return 1;
            }
        });

    /// <summary>Runs a command on the storage and writes the one thing that it answers as the last line of standard output.</summary>
    public static void RunOnStorage(this Command command, Func<ParseResult, IServiceProvider, CancellationToken, Task<string>> action)
    {
        command.Options.Add(StorageChoice.Data);
        command.Run(async (result, cancellationToken) =>
        {
            var builder = XQrHost.CreateBuilder(result.UnmatchedTokens);
            await using var storage = await StorageChoice.OpenAsync(builder, result, LocalStorage.JoinAsync, cancellationToken);
            await using var app = builder.Build();
            await StorageChoice.EnsureTablesAsync(app.Services, cancellationToken);
            await Console.Out.WriteLineAsync(await action(result, app.Services, cancellationToken));
            return 0;
        });
    }

    private static string? Explain(Exception exception) => exception switch
    {
        StartFailedException => exception.Message,
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        InvalidOperationException { InnerException: FormatException or ArgumentException } => exception.Message,
        _ => StorageFailure.Explain(exception),
    };
}
