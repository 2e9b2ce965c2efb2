using System.CommandLine;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;

namespace XQr.Server.Commands;

/// <summary>Creates and reads options and arguments that several commands share.</summary>
internal static class Arguments
{
    private const int MaxNameLength = 100;

    private static readonly string[] Plans = [.. Enum.GetValues<Plan>().Select(plan => plan.Name())];

    public static Option<string> Name(string description, bool required = true) =>
        new("--name") { Required = required, HelpName = "NAME", Description = $"{description} At most {MaxNameLength} characters." };

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
        return name.Length is > 0 and <= MaxNameLength
            ? name
            : throw new StartFailedException($"{option.Name} must have 1 to {MaxNameLength} characters.");
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
    public static async Task<Workspace> FindWorkspaceAsync(WorkspaceStore store, string id, CancellationToken cancellationToken) =>
        id.StartsWith("ws_", StringComparison.Ordinal)
        && Ids.TryParse(id[3..], out _)
        && await store.FindAsync(id, cancellationToken) is { } workspace
            ? workspace
            : throw new StartFailedException($"There is no workspace '{id}'.");
}
