using System.Net;
using System.Text.Json;
using XQr.Api.Workspaces;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

/// <summary>The process dies at each of its calls to storage in turn; afterwards another instance must find everything in order.</summary>
public sealed class DeveloperCrashTests(ServiceFixture service)
{
    private const int MostCalls = 14;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CreateKey_ProcessDiesAtAnyCall_PlanStillHasItsKeys(bool callIsCarriedOut) =>
        await AtEachCallAsync(callIsCarriedOut, Plan.Pro, async (dying, owner, arm) =>
        {
            arm();
            var answer = await dying.PostJsonAsync(Team.Keys, """{"name":"first","scopes":["links:read"]}""");

            return async () =>
            {
                // What is listed counts, and what isn't doesn't: so many more can be made.
                var listed = await owner.ListAsync(Team.Keys);
                Assert.True(listed.Length == 1 || !answer.IsSuccessStatusCode);
                for (var i = listed.Length; i < 2; i++)
                {
                    await owner.NewKeyAsync();
                }

                await (await owner.PostJsonAsync(Team.Keys, """{"name":"third","scopes":["*"]}""")).ErrorAsync(HttpStatusCode.Forbidden, "PLAN_LIMIT_EXCEEDED");
                Assert.Equal(2, await CountAsync(owner, "key.created"));
            };
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RotateKey_ProcessDiesAtAnyCall_NeverTwoGoodOnesAndItCanBeDoneAgain(bool callIsCarriedOut) =>
        await AtEachCallAsync(callIsCarriedOut, Plan.Pro, async (dying, owner, arm) =>
        {
            var old = await owner.NewKeyAsync();
            await owner.NewKeyAsync();
            arm();
            await dying.PostAsync($"{Team.Keys}/{old.Text("id")}/rotate", null);

            return async () =>
            {
                var wasRotated = await CountAsync(owner, "key.rotated") == 1;
                var again = await owner.PostAsync($"{Team.Keys}/{old.Text("id")}/rotate", null);
                Assert.Equal(wasRotated ? HttpStatusCode.Conflict : HttpStatusCode.Created, again.StatusCode);
                Assert.Equal(2, (await owner.ListAsync(Team.Keys)).Count(IsAlive));
                await AssertWorksAsync(old.Text("key"), works: false);
                if (!wasRotated)
                {
                    await AssertWorksAsync((await again.DataAsync(HttpStatusCode.Created)).Text("key"), works: true);
                }
            };
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RevokeKey_ProcessDiesAtAnyCall_ShownAsItIsAndDoneAgain(bool callIsCarriedOut) =>
        await AtEachCallAsync(callIsCarriedOut, Plan.Enterprise, async (dying, owner, arm) =>
        {
            var key = await owner.NewKeyAsync();
            arm();
            var answer = await dying.DeleteAsync($"{Team.Keys}/{key.Text("id")}");

            return async () =>
            {
                var isAlive = IsAlive((await owner.ListAsync(Team.Keys))[0]);
                Assert.False(isAlive && answer.IsSuccessStatusCode);
                await AssertWorksAsync(key.Text("key"), isAlive);

                Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync($"{Team.Keys}/{key.Text("id")}")).StatusCode);
                await AssertWorksAsync(key.Text("key"), works: false);
                Assert.Equal(1, await CountAsync(owner, "key.revoked"));
            };
        });

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
                using var client = service.Application.NewClient(service.Issuer.Token(email));
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
            using var request = new HttpRequestMessage(HttpMethod.Get, Team.Keys) { Headers = { Authorization = new("Bearer", service.Issuer.Token(email)) } };
            arm();
            await dying.SendAsync(request);

            return async () =>
            {
                using var client = service.Application.NewClient(service.Issuer.Token(email));
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Team.Keys)).StatusCode);
                Assert.Equal(2, await CountAsync(owner, "member.joined"));
                using var other = service.Application.NewClient(service.Issuer.Token(email, subject: "somebody else"));
                Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(Team.Keys)).StatusCode);
            };
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RemoveMember_ProcessDiesAtAnyCall_InOrOut(bool callIsCarriedOut) =>
        await AtEachCallAsync(callIsCarriedOut, Plan.Pro, async (dying, owner, arm) =>
        {
            var (id, client) = await service.JoinAsync(owner, "member");
            arm();
            await dying.DeleteAsync($"{Team.Members}/{id}");

            return async () =>
            {
                var isMember = (await owner.ListAsync(Team.Members)).Length == 2;
                Assert.Equal(isMember ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await client.GetAsync(Team.Keys)).StatusCode);
                Assert.Equal(isMember ? HttpStatusCode.NoContent : HttpStatusCode.NotFound, (await owner.DeleteAsync($"{Team.Members}/{id}")).StatusCode);
                Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(Team.Keys)).StatusCode);
                Assert.Equal(1, await CountAsync(owner, "member.removed"));
            };
        });

    private static bool IsAlive(JsonElement key) => key.GetProperty("revoked_at").ValueKind == JsonValueKind.Null;

    private static async Task<int> CountAsync(HttpClient client, string action) => (await client.ListAsync(Team.Audit)).Count(entry => entry.Text("action") == action);

    /// <summary>By what a key check reads, without its cache.</summary>
    private async Task AssertWorksAsync(string key, bool works) =>
        Assert.Equal(works, await service.Application.Service<ApiKeyStore>().FindAsync(key.Substring(7, 8), CancellationToken.None) is { RevokedAt: null } row && row.Matches(key));

    private async Task AtEachCallAsync(bool callIsCarriedOut, Plan plan, Func<HttpClient, HttpClient, Action, Task<Func<Task>>> act)
    {
        for (var calls = 0; ; calls++)
        {
            Assert.True(calls < MostCalls, "The operation makes more calls than this test foresees.");
            await using var dying = await service.StartAnotherAsync();
            var owner = await service.NewOwnedWorkspaceAsync(plan);
            using var client = dying.NewClient(service.Issuer.Token(owner.Email));
            await client.GetAsync(Team.Keys);
            var check = await act(client, owner.Client, () => dying.Faults.DieAfter(calls, callIsCarriedOut));
            var died = dying.Faults.Happened;
            await check();
            if (!died)
            {
                Assert.True(calls > 3, "Nothing died: the test tests nothing.");
                return;
            }
        }
    }
}
