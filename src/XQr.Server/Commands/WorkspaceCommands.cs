using System.CommandLine;
using XQr.Api.Tenancy;

namespace XQr.Server.Commands;

/// <summary>
/// Creates the commands <c>workspace create</c>, <c>workspace update</c> and <c>workspace set-plan</c>, which print the id of the workspace.
/// </summary>
internal static class WorkspaceCommands
{
    private const int MaxDescriptionLength = 500;

    private static readonly Option<string> Name = Arguments.Name("The display name of the workspace.");
    private static readonly Option<string> NewName = Arguments.Name("The new display name.", required: false);
    private static readonly Option<string?> Description = new("--description")
    {
        HelpName = "TEXT",
        Description = $"The description, or an empty text to remove it. At most {MaxDescriptionLength} characters.",
    };

    private static readonly Option<string> Plan = Arguments.PlanOption("--plan", "The plan of the workspace.");
    private static readonly Option<string?> OwnerEmail = new("--owner-email")
    {
        HelpName = "ADDRESS",
        Description = "The e-mail address of the owner, who signs in with it and manages the workspace.",
    };

    private static readonly Argument<string> Id = new("ID") { Description = "The workspace." };
    private static readonly Argument<string> NewPlan = Arguments.PlanArgument("The new plan.");

    public static Command Create()
    {
        var create = new Command("create", "Creates a workspace and prints its id.") { Name, Description, Plan, OwnerEmail };
        create.RunOnStorage(CreateAsync);
        var update = new Command("update", "Changes the name or the description of a workspace.") { Id, NewName, Description };
        update.RunOnStorage(UpdateAsync);
        var setPlan = new Command("set-plan", "Changes the plan of a workspace. Running servers apply it within 10 seconds.") { Id, NewPlan };
        setPlan.RunOnStorage(SetPlanAsync);
        return new Command("workspace", "Manages workspaces, to which all stored data belongs.") { create, update, setPlan };
    }

    private static async Task<string> CreateAsync(ParseResult result, IServiceProvider services, CancellationToken cancellationToken)
    {
        var email = result.GetValue(OwnerEmail) is { } text ? Arguments.EmailOf(text) : null;
        var workspace = await services.GetRequiredService<WorkspaceStore>().CreateAsync(
            Arguments.NameIn(result, Name), DescriptionIn(result), Arguments.PlanOf(result.GetRequiredValue(Plan)), email, cancellationToken);
        return workspace.Id;
    }

    private static async Task<string> UpdateAsync(ParseResult result, IServiceProvider services, CancellationToken cancellationToken)
    {
        var (name, description) = (Arguments.OptionalNameIn(result, NewName), DescriptionIn(result));
        if (name is null && description is null)
        {
            throw new StartFailedException($"There is nothing to change. Use {NewName.Name} or {Description.Name}.");
        }

        var store = services.GetRequiredService<WorkspaceStore>();
        var workspace = await Arguments.FindWorkspaceAsync(store, result.GetRequiredValue(Id), cancellationToken);
        await store.UpdateAsync(workspace.Id, name, description, cancellationToken);
        return workspace.Id;
    }

    private static async Task<string> SetPlanAsync(ParseResult result, IServiceProvider services, CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<WorkspaceStore>();
        var workspace = await Arguments.FindWorkspaceAsync(store, result.GetRequiredValue(Id), cancellationToken);
        await store.SetPlanAsync(workspace.Id, Arguments.PlanOf(result.GetRequiredValue(NewPlan)), cancellationToken);
        return workspace.Id;
    }

    private static string? DescriptionIn(ParseResult result) => Arguments.TextIn(result, Description, MaxDescriptionLength);
}
