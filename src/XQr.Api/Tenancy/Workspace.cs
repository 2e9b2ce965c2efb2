namespace XQr.Api.Tenancy;

/// <summary>A tenant. Everything that is stored belongs to one workspace.</summary>
internal sealed record Workspace(string Id, string Name, Plan Plan, DateTimeOffset CreatedAt)
{
    public const int MaxDescriptionLength = 500;

    /// <summary>Gets the description; null if there is none.</summary>
    public string? Description { get; init; }
}

/// <summary>The properties of a workspace to create.</summary>
/// <param name="Name">The display name.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Description">The description; null if there is none.</param>
/// <param name="OwnerEmail">The address of the owner, who is invited; null for no owner.</param>
internal sealed record WorkspaceDraft(string Name, Plan Plan, string? Description = null, string? OwnerEmail = null);

/// <summary>The person who creates a workspace and becomes its owner.</summary>
/// <param name="Identity">The identity at the sign-in provider.</param>
/// <param name="Email">The verified e-mail address.</param>
/// <param name="Name">The name; null if it is not known.</param>
internal sealed record Founder(Identity Identity, string Email, string? Name);
