using System.CommandLine;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Api.Workspaces;

namespace XQr.Server.Commands;

/// <summary>Creates and reads options and arguments that several commands share.</summary>
internal static class Arguments
{
    private static readonly string[] Plans = [.. Enum.GetValues<Plan>().Select(plan => plan.Name())];

    public static Option<string> Name(string description, bool required = true) =>
        new("--name") { Required = required, HelpName = "NAME", Description = $"{description} At most {DisplayName.MaxLength} characters." };

    public static Option<string> PlanOption(string name, string description)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => "pro" };
        return option.AcceptOnlyFromAmong(Plans);
    }

    public static Argument<string> PlanArgument(string description) =>
        new Argument<string>("PLAN") { Description = description }.AcceptOnlyFromAmong(Plans);

    public static Plan PlanOf(string name) => Enum.Parse<Plan>(name, ignoreCase: true);

    public static string EmailOf(string text) =>
        EmailAddress.IsWellFormed(text) ? text : throw new StartFailedException($"'{text}' is not an e-mail address.");

    public static string NameIn(ParseResult result, Option<string> option)
    {
        var name = result.GetRequiredValue(option).Trim();
        return name.Length is > 0 and <= DisplayName.MaxLength
            ? name
            : throw new StartFailedException($"{option.Name} must have 1 to {DisplayName.MaxLength} characters.");
    }

    /// <summary>Reads an optional name.</summary>
    public static string? OptionalNameIn(ParseResult result, Option<string> option) =>
        result.GetValue(option) is null ? null : NameIn(result, option);

    /// <summary>Reads a text, which can be empty.</summary>
    public static string? TextIn(ParseResult result, Option<string?> option, int maxLength)
    {
        var text = result.GetValue(option)?.Trim();
        return text is null || text.Length <= maxLength
            ? text
            : throw new StartFailedException($"{option.Name} must have at most {maxLength} characters.");
    }

    /// <summary>Finds the workspace of an id.</summary>
    /// <exception cref="StartFailedException">There is no such workspace.</exception>
    public static async Task<Workspace> FindWorkspaceAsync(IServiceProvider services, string id, CancellationToken cancellationToken) =>
        ValueOf(await services.GetRequiredService<WorkspaceOperations>().GetAsync(id, cancellationToken), NoWorkspace(id));

    /// <summary>Returns the message of the command for a workspace that does not exist.</summary>
    public static (string Code, string Message) NoWorkspace(string id) => ("NOT_FOUND", $"There is no workspace '{id}'.");

    /// <summary>Returns the value of an operation.</summary>
    /// <param name="result">The result of the operation.</param>
    /// <param name="messages">The messages of the command for error codes. Other errors keep the message of the operation.</param>
    /// <exception cref="StartFailedException">The operation has failed.</exception>
    public static T ValueOf<T>(OperationResult<T> result, params ReadOnlySpan<(string Code, string Message)> messages)
        where T : notnull
    {
        if (result.Succeeded)
        {
            return result.Value;
        }

        foreach (var (code, message) in messages)
        {
            if (code == result.Error.Code)
            {
                throw new StartFailedException(message);
            }
        }

        throw new StartFailedException(result.Error.Message);
    }
}
