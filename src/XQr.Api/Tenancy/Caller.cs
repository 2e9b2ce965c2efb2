namespace XQr.Api.Tenancy;

/// <summary>The workspace on whose behalf an operation runs, the options of its plan, and the actor of changes.</summary>
internal record Caller(Workspace Workspace, PlanOptions Plan, Actor Actor)
{
    public string WorkspaceId => Workspace.Id;
}

/// <summary>A caller that authenticated with an API key.</summary>
internal sealed record KeyCaller(ApiKey Key, Workspace Workspace, PlanOptions Plan) : Caller(Workspace, Plan, Actor.Of(Key));
