using System.Text.Json;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;

namespace XQr.Api.Workspaces;

/// <summary>Creates, reads and changes workspaces. REST, the dashboard and the commands call it.</summary>
internal sealed class WorkspaceOperations(
    WorkspaceStore workspaces, MemberStore members, IEnumerable<IUsageSource> sources, TimeProvider time)
{
    /// <summary>The maximum number of workspaces that a person may create.</summary>
    public const int MaxCreated = 10;

    private const string IdPrefix = "ws_";

    /// <summary>Creates a workspace for an operator, and invites its owner.</summary>
    public async Task<OperationResult<Workspace>> CreateAsync(WorkspaceDraft draft, CancellationToken cancellationToken) =>
        Validate(draft.Name, draft.Description, draft.OwnerEmail) is { } error ? error : await workspaces.CreateAsync(draft, cancellationToken);

    /// <summary>Creates a workspace for a person, who becomes its owner.</summary>
    /// <param name="founder">The person.</param>
    /// <param name="plan">The plan of the workspace.</param>
    /// <param name="body">A <see cref="CreateWorkspaceRequest"/>.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<OperationResult<Workspace>> CreateAsync(
        Founder founder, Plan plan, JsonElement body, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = CreateWorkspaceRequest.Read(body, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var draft = new WorkspaceDraft(request.Name, plan, request.Description);
        return await workspaces.CreateAsync(draft, founder, MaxCreated, cancellationToken) is { } workspace ? workspace : TooMany();
    }

    public async Task<OperationResult<Workspace>> GetAsync(string id, CancellationToken cancellationToken) =>
        IsWellFormed(id) && await workspaces.FindAsync(id, cancellationToken) is { } workspace ? workspace : NotFound();

    /// <summary>Changes the name or the description of a workspace, for an operator.</summary>
    /// <param name="id">The id of the workspace.</param>
    /// <param name="name">The new name; null for no change.</param>
    /// <param name="description">The new description, empty for none; null for no change.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<OperationResult<Workspace>> UpdateAsync(
        string id, string? name, string? description, CancellationToken cancellationToken)
    {
        if (Validate(name, description) is { } error)
        {
            return error;
        }

        return IsWellFormed(id) && await workspaces.FindAsync(id, cancellationToken) is not null
            && await workspaces.UpdateAsync(Principal.Operator(id), _ => true, name, description, cancellationToken) is { } workspace
                ? workspace
                : NotFound();
    }

    /// <summary>Changes a workspace by an <see cref="UpdateWorkspaceRequest"/>.</summary>
    public async Task<OperationResult<Workspace>> UpdateAsync(
        Principal principal, JsonElement body, IfMatch ifMatch, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = UpdateWorkspaceRequest.Read(body, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var error = (ApiError?)null;
        var description = request.ClearsDescription ? "" : request.Description;
        return await workspaces.UpdateAsync(principal, Allows, request.Name, description, cancellationToken) is { } workspace ? workspace : error!;

        bool Allows(Workspace current)
        {
            var response = WorkspaceResponse.From(current);
            error = request.ReadOnly.Validate(response, WorkspaceJson.Api.WorkspaceResponse)
                ?? (ifMatch.Allows(tag => tag == response.Version().Tag) ? null : ApiErrors.PreconditionFailed("workspace"));
            return error is null;
        }
    }

    /// <summary>Changes the plan of a workspace, for an operator. Every instance applies it within 10 seconds.</summary>
    public async Task<OperationResult<Workspace>> SetPlanAsync(string id, Plan plan, CancellationToken cancellationToken) =>
        IsWellFormed(id) && await workspaces.SetPlanAsync(id, plan, cancellationToken) is { } workspace ? workspace : NotFound();

    /// <summary>Returns the current usage of the caller's workspace.</summary>
    public async Task<Usage> GetUsageAsync(Caller caller, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var parts = await Task.WhenAll(sources.Select(source => source.FindAsync(caller.WorkspaceId, now, cancellationToken)));
        return parts.Aggregate((sum, part) => sum + part);
    }

    /// <summary>Returns all members of the caller's workspace, newest first, including invitations.</summary>
    public Task<IReadOnlyList<Member>> ListMembersAsync(Caller caller, CancellationToken cancellationToken) =>
        members.ListAsync(caller.WorkspaceId, cancellationToken);

    private static ApiError? Validate(string? name, string? description, string? ownerEmail = null)
    {
        var errors = new FieldErrors();
        if (name is not null && !DisplayName.IsValid(name))
        {
            errors.Add("name", DisplayName.Rule);
        }

        if (description?.Length > Workspace.MaxDescriptionLength)
        {
            errors.Add("description", $"must have at most {Workspace.MaxDescriptionLength} characters");
        }

        if (ownerEmail is not null && !EmailAddress.IsWellFormed(ownerEmail))
        {
            errors.Add("owner_email", EmailAddress.Rule);
        }

        return errors.ToErrorOrNull();
    }

    private static bool IsWellFormed(string id) =>
        id.StartsWith(IdPrefix, StringComparison.Ordinal) && Ids.TryParse(id[IdPrefix.Length..], out _);

    /// <summary>Creates the error for a person who has created as many workspaces as one may.</summary>
    public static ApiError TooMany() => ApiErrors.PlanLimitExceeded("") with
    {
        Message = $"You have created {MaxCreated} workspaces. A person may create no more.",
    };

    private static ApiError NotFound() => ApiErrors.NotFound("workspace");
}
