using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers;

/// <summary>Request to invite a member.</summary>
/// <param name="Email">The e-mail address that identifies the person at the first sign-in; the provider must have verified it.</param>
/// <param name="Name">The display name, 1 to 100 characters.</param>
/// <param name="Role">The role; the default is <c>member</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record InviteMemberRequest(
    [property: EmailAddress, StringLength(Tenancy.EmailAddress.MaxLength)] string Email,
    [property: StringLength(NameFields.MaxLength, MinimumLength = 1)] string? Name = null,
    Role? Role = null) : IExample<InviteMemberRequest>
{
    public static InviteMemberRequest Example { get; } = new("ada@example.com", "Ada", Tenancy.Role.Admin);

    public static InviteMemberRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, nullIsAbsent: true, errors);
        var email = fields.Text("email")?.Trim();
        if (!fields.Has("email"))
        {
            errors.Add("email", "is required");
        }
        else if (email is not null && !Tenancy.EmailAddress.IsWellFormed(email))
        {
            errors.Add("email", "must be an e-mail address");
        }

        var request = new InviteMemberRequest(email ?? "", NameFields.Name(fields), RoleFields.Role(fields));
        fields.RejectUnknownProperties();
        return request;
    }
}

/// <summary>Request to change a member; absent properties stay unchanged.</summary>
/// <param name="Name">The display name, 1 to 100 characters.</param>
/// <param name="Role">The role. Only owners can appoint or change owners.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record UpdateMemberRequest(
    [property: NotNull, StringLength(NameFields.MaxLength, MinimumLength = 1)] string? Name = null,
    [property: NotNull] Role? Role = null) : IExample<UpdateMemberRequest>
{
    public static UpdateMemberRequest Example { get; } = new(Role: Tenancy.Role.Owner);

    /// <summary>What was sent of the member that can't be changed.</summary>
    internal ReadOnlyMembers ReadOnly { get; private init; } = new();

    public static UpdateMemberRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, nullIsAbsent: false, errors);
        var isNameless = fields.IsNull("name");
        var request = new UpdateMemberRequest(isNameless ? null : NameFields.Name(fields), RoleFields.Role(fields))
        {
            ReadOnly = ReadOnlyMembers.Read(fields, "id", "email", "state", "created_at", "joined_at"),
        };
        if (isNameless)
        {
            request.ReadOnly.AddNull("name");
        }

        fields.RejectUnknownProperties();
        return request;
    }
}

/// <summary>Roles in requests.</summary>
internal static class RoleFields
{
    public static Role? Role(JsonFields fields)
    {
        switch (fields.Text("role"))
        {
            case "member":
                return Tenancy.Role.Member;
            case "admin":
                return Tenancy.Role.Admin;
            case "owner":
                return Tenancy.Role.Owner;
            case not null:
                fields.AddError("role", "must be member, admin or owner");
                return null;
            default:
                return null;
        }
    }
}
