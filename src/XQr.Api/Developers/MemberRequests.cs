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
    [property: EmailAddress, StringLength(Tenancy.EmailAddress.MaxLength, ErrorMessage = Tenancy.EmailAddress.Rule)] string Email,
    [property: Name] string? Name = null,
    [property: EnumDataType(typeof(Role), ErrorMessage = Tenancy.RoleNames.Rule)] Role? Role = null) : IExample<InviteMemberRequest>
{
    public static InviteMemberRequest Example { get; } = new("ada@example.com", "Ada", Tenancy.Role.Admin);

    private static readonly FieldRules Rules = FieldRules.Of<InviteMemberRequest>();

    public static InviteMemberRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, Rules, errors);
        var email = fields.Text("email")?.Trim();
        if (email is not null && !Tenancy.EmailAddress.IsWellFormed(email))
        {
            errors.Add("email", Tenancy.EmailAddress.Rule);
        }

        var request = new InviteMemberRequest(email ?? "", fields.Text("name"), fields.Choice<Role>("role"));
        fields.RejectUnknownProperties();
        return request;
    }
}

/// <summary>Request to change a member; absent properties stay unchanged.</summary>
/// <param name="Name">The display name, 1 to 100 characters.</param>
/// <param name="Role">The role. Only owners can appoint or change owners.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record UpdateMemberRequest(
    [property: NotNull, Name] string? Name = null,
    [property: NotNull, EnumDataType(typeof(Role), ErrorMessage = Tenancy.RoleNames.Rule)] Role? Role = null) : IExample<UpdateMemberRequest>
{
    public static UpdateMemberRequest Example { get; } = new(Role: Tenancy.Role.Owner);

    private static readonly FieldRules Rules =
        FieldRules.Of<UpdateMemberRequest>().WithReadOnly<DeveloperMemberResponse>();

    /// <summary>Gets the read-only properties in the request.</summary>
    internal ReadOnlyMembers ReadOnly { get; private init; } = new();

    public static UpdateMemberRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, Rules, errors);
        var isNameless = fields.IsNull("name");
        var request = new UpdateMemberRequest(isNameless ? null : fields.Text("name"), fields.Choice<Role>("role"))
        {
            ReadOnly = ReadOnlyMembers.Read(fields),
        };
        if (isNameless)
        {
            request.ReadOnly.AddNull("name");
        }

        fields.RejectUnknownProperties();
        return request;
    }
}
