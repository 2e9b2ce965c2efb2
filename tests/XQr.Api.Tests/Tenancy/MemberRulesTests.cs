
using XQr.Api.Tenancy;

namespace XQr.Api.Tests.Tenancy;

public sealed class MemberRulesTests
{
    private static readonly Member Owner = NewMember(Role.Owner, hasJoined: true);
    private static readonly Member InvitedOwner = NewMember(Role.Owner, hasJoined: false);
    private static readonly Member Admin = NewMember(Role.Admin, hasJoined: true);
    private static readonly Member Reader = NewMember(Role.Member, hasJoined: true);

    [Theory]
    [InlineData("Admin")]
    [InlineData("Member")]
    [InlineData(null)]
    public void OnlyOwner_StaysOwner(string? role) =>
        Assert.Equal(MemberOutcome.LastOwner, MemberRules.Validate(Role.Owner, Owner, Parse(role), [Owner, Admin, Reader]));

    [Fact]
    public void OnlyOwner_MayBeMadeOwnerAgain() => Assert.Null(MemberRules.Validate(Role.Owner, Owner, Role.Owner, [Owner, Admin]));

    [Theory]
    [InlineData("Admin")]
    [InlineData(null)]
    public void OwnerWhoHasSignedIn_IsNotReplacedByAnInvitedOne(string? role) =>
        Assert.Equal(MemberOutcome.LastOwner, MemberRules.Validate(Role.Owner, Owner, Parse(role), [Owner, InvitedOwner]));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OwnerWhoHasNotSignedIn_IsReplacedByAnyOtherOwner(bool hasJoined) =>
        Assert.Null(MemberRules.Validate(Role.Owner, InvitedOwner, null, [InvitedOwner, NewMember(Role.Owner, hasJoined)]));

    [Fact]
    public void OneOfTwoOwnersWhoHaveSignedIn_MayBeRemoved() =>
        Assert.Null(MemberRules.Validate(Role.Owner, Owner, null, [Owner, NewMember(Role.Owner, hasJoined: true)]));

    [Theory]
    [InlineData("Owner")]
    [InlineData("Member")]
    [InlineData(null)]
    public void Admin_ChangesNoOwner(string? role) =>
        Assert.Equal(MemberOutcome.OwnersOnly, MemberRules.Validate(Role.Admin, Owner, Parse(role), [Owner, NewMember(Role.Owner, hasJoined: true)]));

    [Fact]
    public void Admin_AppointsNoOwner() =>
        Assert.Equal(MemberOutcome.OwnersOnly, MemberRules.Validate(Role.Admin, Reader, Role.Owner, [Owner, Reader]));

    [Theory]
    [InlineData("Admin")]
    [InlineData(null)]
    public void Admin_ChangesOthers(string? role) => Assert.Null(MemberRules.Validate(Role.Admin, Reader, Parse(role), [Owner, Reader]));

    private static Role? Parse(string? role) => role is null ? null : Enum.Parse<Role>(role);

    private static Member NewMember(Role role, bool hasJoined)
    {
        var id = Guid.NewGuid();
        return new($"usr_{id}", "ws_1", $"{id}@example.com", Name: null, role, DateTimeOffset.UnixEpoch)
        {
            JoinedAt = hasJoined ? DateTimeOffset.UnixEpoch : null,
        };
    }
}
