using System.ComponentModel.DataAnnotations;
using XQr.Api.Pipeline;

namespace XQr.Api.Workspaces;

/// <summary>A member as a key sees it.</summary>
/// <param name="Id">The member's id.</param>
/// <param name="Email">Where the member is reached.</param>
/// <param name="Name">What the member is called; where that is not known, the part of the address before the @.</param>
internal sealed record MemberResponse(string Id, [property: EmailAddress] string Email, string Name) : IExample<MemberResponse>
{
    public static MemberResponse Example { get; } = new("usr_0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40", "ada@example.com", "Ada Lovelace");

    public static MemberResponse From(Member member) => new(member.Id, member.Email, member.Name ?? member.Email.Split('@')[0]);
}
