using System.Net;
using System.Text.Json;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

public sealed class KeyCrashTests(ServiceFixture service) : DeveloperCrashTests(service)
{
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

                await (await owner.PostJsonAsync(Team.Keys, """{"name":"third","scopes":["*"]}"""))
                    .ErrorAsync(HttpStatusCode.Forbidden, "PLAN_LIMIT_EXCEEDED");
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

    /// <summary>Whatever call is the last, the old key works on until the overlap is over, and a new one can be had within it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RotateKeyWithOverlap_ProcessDiesAtAnyCall_TheOldOneWorksAndItCanBeDoneAgain(bool callIsCarriedOut) =>
        await AtEachCallAsync(callIsCarriedOut, Plan.Pro, async (dying, owner, arm) =>
        {
            var old = await owner.NewKeyAsync();
            await owner.NewKeyAsync();
            arm();
            await dying.PostJsonAsync($"{Team.Keys}/{old.Text("id")}/rotate", """{"overlap_seconds":3600}""");

            return async () =>
            {
                await AssertWorksAsync(old.Text("key"), works: true);
                var wasRotated = await CountAsync(owner, "key.rotated") == 1;
                var again = await owner.PostJsonAsync($"{Team.Keys}/{old.Text("id")}/rotate", """{"overlap_seconds":3600}""");
                Assert.Equal(wasRotated ? HttpStatusCode.Conflict : HttpStatusCode.Created, again.StatusCode);
                await AssertWorksAsync(old.Text("key"), works: true);

                // The row that key checks read has an end, and so does the list.
                var listed = await owner.ListAsync(Team.Keys);
                Assert.Equal(2, listed.Count(IsAlive));
                var ended = Assert.Single(listed, key => !IsAlive(key));
                Assert.Equal(old.Text("id"), ended.Text("id"));
                Assert.NotNull((await Service.Application.Service<ApiKeyStore>().FindAsync(old.Text("prefix"), CancellationToken.None))!.RevokedAt);
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

    private static bool IsAlive(JsonElement key) => key.GetProperty("revoked_at").ValueKind == JsonValueKind.Null;

    /// <summary>By what a key check reads, without its cache.</summary>
    private async Task AssertWorksAsync(string key, bool works) =>
        Assert.Equal(works, await Service.Application.Service<ApiKeyStore>().FindAsync(key.Substring(7, 8), CancellationToken.None) is { } row && row.Matches(key) && !(row.RevokedAt <= TimeProvider.System.GetUtcNow()));
}
