using System.CommandLine;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using XQr.Api.Storage;
using XQr.Server.Azurite;

namespace XQr.Server.Commands;

/// <summary>Runs commands.</summary>
internal static partial class CommandActions
{
    /// <summary>
    /// Sets the action of a command. An error ends it with exit code 1 and a message, without a stack trace if the user can fix it.
    /// </summary>
    public static void Run(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (result, cancellationToken) =>
        {
            try
            {
                return await action(result, cancellationToken);
            }
            catch (Exception exception)
            {
                await result.InvocationConfiguration.Error.WriteLineAsync(Describe(exception) ?? Unexpected(exception));
                return 1;
            }
        });

    /// <summary>Sets the action of a command on storage, whose result is the last line of standard output.</summary>
    public static void RunOnStorage(this Command command, Func<ParseResult, IServiceProvider, CancellationToken, Task<string>> action)
    {
        command.Options.Add(StorageChoice.Data);
        command.Run(async (result, cancellationToken) =>
        {
            var builder = XQrHost.CreateBuilder(result.UnmatchedTokens);
            await using var storage = await StorageChoice.OpenAsync(builder, result, LocalStorage.JoinAsync, cancellationToken);
            await using var app = builder.Build();
            using var storageStart = StorageRetry.BeginStart();
            await StorageChoice.EnsureTablesAsync(app.Services, cancellationToken);
            await result.InvocationConfiguration.Output.WriteLineAsync(await action(result, app.Services, cancellationToken));
            return 0;
        });
    }

    private static string Unexpected(Exception exception) =>
        $"An unexpected error ended the command. Please report it with these lines:{Environment.NewLine}{exception}";

    private static string? Describe(Exception exception) => exception switch
    {
        StartFailedException or InvalidDataException => exception.Message,
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        InvalidOperationException { InnerException: FormatException or ArgumentException } => DescribeInvalidSetting(exception.Message),
        _ => StorageFailure.Explain(exception),
    };

    /// <summary>Describes an error of the configuration binder without the value, which can be a secret.</summary>
    private static string DescribeInvalidSetting(string message) => BinderError().Match(message) is { Success: true } match
        ? $"The setting {match.Groups[1].Value} has a value that is not of the type {match.Groups[2].Value}."
        : message;

    [GeneratedRegex("at '([^']+)' to type 'System.([^']+)'")]
    private static partial Regex BinderError();
}
