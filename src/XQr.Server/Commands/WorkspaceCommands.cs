using System.CommandLine;
using XQr.Api.Tenancy;
using XQr.Api.Workspaces;

namespace XQr.Server.Commands;

/// <summary>
/// Creates the commands <c>workspace create</c>, <c>workspace update</c> and <c>workspace set-plan</c>, which print the id of the workspace.
/// </summary>
internal static class WorkspaceCommands
{
    private static readonly Option<string> Name = Arguments.Name("The display name of the workspace.");
    private static readonly Option<string> NewName = Arguments.Name("The new display name.", required: false);
    private static readonly Option<string?> Description = new("--description")
    {
        HelpName = "TEXT",
        Description = $"The description, or an empty text to remove it. At most {Workspace.MaxDescriptionLength} characters.",
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
        var draft = new WorkspaceDraft(
            Arguments.NameIn(result, Name), Arguments.PlanOf(result.GetRequiredValue(Plan)), DescriptionIn(result), email);
        return Arguments.ValueOf(await services.GetRequiredService<WorkspaceOperations>().CreateAsync(draft, cancellationToken)).Id;
    }

    private static async Task<string> UpdateAsync(ParseResult result, IServiceProvider services, CancellationToken cancellationToken)
    {
        var (name, description) = (Arguments.OptionalNameIn(result, NewName), DescriptionIn(result));
        if (name is null && description is null)
        {
            throw new StartFailedException($"There is nothing to change. Use {NewName.Name} or {Description.Name}.");
        }

        var id = result.GetRequiredValue(Id);
        var updated = await services.GetRequiredService<WorkspaceOperations>().UpdateAsync(id, name, description, cancellationToken);
        return Arguments.ValueOf(updated, Arguments.NoWorkspace(id)).Id;
    }

    private static async Task<string> SetPlanAsync(ParseResult result, IServiceProvider services, CancellationToken cancellationToken)
    {
        var (id, plan) = (result.GetRequiredValue(Id), Arguments.PlanOf(result.GetRequiredValue(NewPlan)));
        var changed = await services.GetRequiredService<WorkspaceOperations>().SetPlanAsync(id, plan, cancellationToken);
        return Arguments.ValueOf(changed, Arguments.NoWorkspace(id)).Id;
    }

    private static string? DescriptionIn(ParseResult result) => Arguments.TextIn(result, Description, Workspace.MaxDescriptionLength);
}
