using System.Net;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

public sealed class MemberCrashTests(ServiceFixture service) : DeveloperCrashTests(service)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Invite_ProcessDiesAtAnyCall_InvitedOrNot(bool callIsCarriedOut) =>
        await AtEachCallAsync(callIsCarriedOut, Plan.Pro, async (dying, owner, arm) =>
        {
            var email = Team.NewEmail();
            arm();
            var answer = await dying.PostJsonAsync(Team.Members, $$"""{"email":"{{email}}"}""");

            return async () =>
            {
                var isInvited = (await owner.ListAsync(Team.Members)).Length == 2;
                Assert.True(isInvited || !answer.IsSuccessStatusCode);
                using var client = Service.Application.NewClient(Service.Issuer.Token(email));
                Assert.Equal(isInvited ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await client.GetAsync(Team.Keys)).StatusCode);

                var again = await owner.PostJsonAsync(Team.Members, $$"""{"email":"{{email}}"}""");
                Assert.Equal(isInvited ? HttpStatusCode.Conflict : HttpStatusCode.Created, again.StatusCode);
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Team.Keys)).StatusCode);
                Assert.Equal(1, await CountAsync(owner, "member.invited"));
            };
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FirstSignIn_ProcessDiesAtAnyCall_JoinsOnce(bool callIsCarriedOut) =>
        await AtEachCallAsync(callIsCarriedOut, Plan.Pro, async (dying, owner, arm) =>
        {
            var email = (await owner.InviteAsync()).Text("email");
            using var request = new HttpRequestMessage(HttpMethod.Get, Team.Keys)
            {
                Headers = { Authorization = new("Bearer", Service.Issuer.Token(email)) },
            };
            arm();
            await dying.SendAsync(request);

            return async () =>
            {
                using var client = Service.Application.NewClient(Service.Issuer.Token(email));
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Team.Keys)).StatusCode);
                Assert.Equal(2, await CountAsync(owner, "member.joined"));
                using var other = Service.Application.NewClient(Service.Issuer.Token(email, subject: "somebody else"));
                Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(Team.Keys)).StatusCode);
            };
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RemoveMember_ProcessDiesAtAnyCall_MemberOrNot(bool callIsCarriedOut) =>
        await AtEachCallAsync(callIsCarriedOut, Plan.Pro, async (dying, owner, arm) =>
        {
            var (id, client) = await Service.JoinAsync(owner, "member");
            arm();
            await dying.DeleteAsync($"{Team.Members}/{id}");

            return async () =>
            {
                var isMember = (await owner.ListAsync(Team.Members)).Length == 2;
                Assert.Equal(isMember ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await client.GetAsync(Team.Keys)).StatusCode);
                Assert.Equal(
                    isMember ? HttpStatusCode.NoContent : HttpStatusCode.NotFound, (await owner.DeleteAsync($"{Team.Members}/{id}")).StatusCode);
                Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(Team.Keys)).StatusCode);
                Assert.Equal(1, await CountAsync(owner, "member.removed"));
            };
        });
}
