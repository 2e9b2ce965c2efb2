namespace XQr.Api.Tenancy;

/// <summary>The workspace on whose behalf an operation runs, and the options of its plan.</summary>
internal record Caller(Workspace Workspace, PlanOptions Plan)
{
    public string WorkspaceId => Workspace.Id;
}

/// <summary>A caller that authenticated with an API key.</summary>
internal sealed record KeyCaller(ApiKey Key, Workspace Workspace, PlanOptions Plan) : Caller(Workspace, Plan);
