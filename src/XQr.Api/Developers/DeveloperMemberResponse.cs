using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers;

/// <summary>The state of a member.</summary>
[JsonConverter(typeof(MemberStateConverter))]
internal enum MemberState
{
    /// <summary>The person has not signed in yet.</summary>
    Invited,

    /// <summary>The person has signed in at least once.</summary>
    Active,
}

internal sealed class MemberStateConverter() : JsonStringEnumConverter<MemberState>(JsonNamingPolicy.SnakeCaseLower);

/// <summary>A member of the workspace.</summary>
/// <param name="Id">The id.</param>
/// <param name="Email">The e-mail address of the invitation.</param>
/// <param name="Name">The display name.</param>
/// <param name="Role">The role: owners and admins manage, members read.</param>
/// <param name="State">The state: invited or active.</param>
/// <param name="CreatedAt">The time of the invitation.</param>
/// <param name="JoinedAt">The time of the first sign-in.</param>
internal sealed record DeveloperMemberResponse(
    string Id,
    string Email,
    string? Name,
    Role Role,
    MemberState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? JoinedAt) : IExample<DeveloperMemberResponse>
{
    public static DeveloperMemberResponse Example { get; } = new(
        "usr_0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40",
        "ada@example.com",
        "Ada",
        Role.Admin,
        MemberState.Active,
        Time("2026-02-01T09:30:00Z"),
        Time("2026-02-02T08:00:00Z"));

    public static DeveloperMemberResponse From(Member member) => new(
        member.Id,
        member.Email,
        member.Name,
        member.Role,
        member.JoinedAt is null ? MemberState.Invited : MemberState.Active,
        member.CreatedAt,
        member.JoinedAt);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
