using System.Globalization;
using XQr.Api.Pipeline;
using XQr.Api.Workspaces;

namespace XQr.Api.Developers;

/// <summary>Something that was done.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="Action">What, such as <c>key.created</c>.</param>
/// <param name="Actor">Who did it; null for an operator of the service.</param>
/// <param name="Target">To what.</param>
/// <param name="Details">What else is worth to know, such as a role before and after.</param>
/// <param name="CreatedAt">When.</param>
internal sealed record AuditResponse(
    Guid Id, string Action, AuditActor? Actor, AuditSubject Target, IReadOnlyDictionary<string, string> Details, DateTimeOffset CreatedAt) : IExample<AuditResponse>
{
    public static AuditResponse Example { get; } = new(
        new("0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40"),
        AuditActions.KeyCreated,
        new("usr_0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40", "ada@example.com", "Ada"),
        new("key_0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40", "Website"),
        new Dictionary<string, string> { ["prefix"] = "1f3c5a7e", ["scopes"] = "links:read links:write" },
        DateTimeOffset.Parse("2026-02-01T09:30:00Z", CultureInfo.InvariantCulture));

    public static AuditResponse From(AuditEntry entry) => new(
        entry.Id,
        entry.Action,
        entry.Actor is { MemberId: { } id, Email: { } email } ? new(id, email, entry.Actor.Name) : null,
        new(entry.Target.Id, entry.Target.Name),
        entry.Details,
        entry.At);
}

/// <summary>A member, as the member was at that time.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Email">The address then.</param>
/// <param name="Name">The name then.</param>
internal sealed record AuditActor(string Id, string Email, string? Name);

/// <summary>What something was done to.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it was called then; of a member the e-mail address.</param>
internal sealed record AuditSubject(string Id, string? Name);
