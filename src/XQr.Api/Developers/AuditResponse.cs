using System.Globalization;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers;

/// <summary>An entry of the audit log.</summary>
/// <param name="Id">The id, a UUID.</param>
/// <param name="Action">The action, such as <c>key.created</c>.</param>
/// <param name="Actor">The member who did it; null for an operator of the service.</param>
/// <param name="Target">The object of the action.</param>
/// <param name="Details">Details, such as a role before and after.</param>
/// <param name="CreatedAt">The time of the action.</param>
internal sealed record AuditResponse(
    Guid Id,
    string Action,
    AuditActor? Actor,
    AuditSubject Target,
    IReadOnlyDictionary<string, string> Details,
    DateTimeOffset CreatedAt) : IExample<AuditResponse>
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
        entry.Actor is { Id: { } id, Email: { } email } ? new(id, email, entry.Actor.Name) : null,
        new(entry.Target.Id, entry.Target.Name),
        entry.Details,
        entry.At);
}

/// <summary>A member at the time of the action.</summary>
/// <param name="Id">The id.</param>
/// <param name="Email">The e-mail address at that time.</param>
/// <param name="Name">The name at that time.</param>
internal sealed record AuditActor(string Id, string Email, string? Name);

/// <summary>The object of an action.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name at that time; for a member, the e-mail address.</param>
internal sealed record AuditSubject(string Id, string? Name);
