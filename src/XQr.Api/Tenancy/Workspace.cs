namespace XQr.Api.Tenancy;

/// <summary>A tenant: whatever is stored belongs to one.</summary>
internal sealed record Workspace(string Id, string Name, Plan Plan, DateTimeOffset CreatedAt)
{
    /// <summary>What it is for, in its people's words.</summary>
    public string? Description { get; init; }
}
