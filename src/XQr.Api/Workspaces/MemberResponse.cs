using System.ComponentModel.DataAnnotations;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Workspaces;

/// <summary>A member, as shown to keys.</summary>
/// <param name="Id">The member's id.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Name">The name; if unknown, the part of the address before the @.</param>
internal sealed record MemberResponse(string Id, [property: EmailAddress] string Email, string Name) : IExample<MemberResponse>
{
    public static MemberResponse Example { get; } = new("usr_0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40", "ada@example.com", "Ada Lovelace");

    public static MemberResponse From(Member member) => new(member.Id, member.Email, member.Name ?? member.Email.Split('@')[0]);
}
