namespace XQr.Api.Tenancy;

/// <summary>A tenant. Everything that is stored belongs to one workspace.</summary>
internal sealed record Workspace(string Id, string Name, Plan Plan, DateTimeOffset CreatedAt)
{
    /// <summary>Gets the description; null if there is none.</summary>
    public string? Description { get; init; }
}
