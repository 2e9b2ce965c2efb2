using XQr.Api.Tenancy;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Settings;

/// <summary>Tells the entries of the audit log as sentences.</summary>
internal static class AuditSentences
{
    /// <summary>Returns the model of an entry.</summary>
    public static AuditEntryModel Of(AuditEntry entry) =>
        new(IconOf(entry.Action), Values.Format(TextOf(entry), [.. ValuesOf(entry)]), entry.Actor.Email, entry.At);

    /// <summary>Returns the name of an actor.</summary>
    public static string NameOf(Actor actor) => actor.Name ?? actor.Email ?? WorkspaceTexts.Operator;

    private static string TextOf(AuditEntry entry) => entry.Action switch
    {
        AuditActions.KeyCreated => WorkspaceTexts.KeyCreated,
        AuditActions.KeyRenamed => WorkspaceTexts.KeyRenamed,
        AuditActions.KeyRevoked => WorkspaceTexts.KeyRevoked,
        AuditActions.KeyRotated => WorkspaceTexts.KeyRotated,
        AuditActions.MemberInvited => WorkspaceTexts.MemberInvited,
        AuditActions.MemberJoined => WorkspaceTexts.MemberJoined,
        AuditActions.MemberChanged when entry.Details.ContainsKey("role_before") => WorkspaceTexts.RoleChanged,
        AuditActions.MemberChanged => WorkspaceTexts.MemberRenamed,
        AuditActions.MemberRemoved when entry.Actor.Id == entry.Target.Id => WorkspaceTexts.MemberLeft,
        AuditActions.MemberRemoved => WorkspaceTexts.MemberRemoved,
        AuditActions.PlanChanged => WorkspaceTexts.PlanChanged,
        AuditActions.WorkspaceCreated => WorkspaceTexts.WorkspaceCreated,
        AuditActions.WorkspaceChanged when entry.Details.ContainsKey("name_before") => WorkspaceTexts.WorkspaceRenamed,
        AuditActions.WorkspaceChanged => WorkspaceTexts.DescriptionChanged,
        _ => WorkspaceTexts.OtherChange,
    };

    /// <summary>Returns the values of the sentences: the actor, the target, the value before, the new value, and the action.</summary>
    private static object?[] ValuesOf(AuditEntry entry)
    {
        var details = entry.Details;
        return
        [
            NameOf(entry.Actor),
            entry.Target.Name ?? entry.Target.Id,
            Role(details.GetValueOrDefault("role_before")) ?? details.GetValueOrDefault("plan_before") ?? details.GetValueOrDefault("name_before"),
            Role(details.GetValueOrDefault("role")) ?? details.GetValueOrDefault("plan") ?? details.GetValueOrDefault("name"),
            entry.Action,
        ];

        static string? Role(string? role) => role is null ? null : RoleTexts.Of(role).ToLowerInvariant();
    }

    private static string IconOf(string action) => action.Split('.')[0] switch
    {
        "key" => "key",
        "member" => "users",
        _ => "settings",
    };
}
