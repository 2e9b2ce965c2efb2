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
    public async Task CreateKey_ProcessDiesAtAnyCall_PlanStillAllowsItsKeys(bool callIsCarriedOut) =>
        await AtEachCallAsync(callIsCarriedOut, Plan.Pro, async (dying, owner, arm) =>
        {
            arm();
            var answer = await dying.PostJsonAsync(Team.Keys, """{"name":"first","scopes":["links:read"]}""");

            return async () =>
            {
                // Listed keys count and others do not, so the remaining ones can be created.
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
    public async Task RotateKey_ProcessDiesAtAnyCall_NeverTwoValidKeysAndItCanBeRepeated(bool callIsCarriedOut) =>
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
                Assert.Equal(2, (await owner.ListAsync(Team.Keys)).Count(IsActive));
                await AssertWorksAsync(old.Text("key"), works: false);
                if (!wasRotated)
                {
                    await AssertWorksAsync((await again.DataAsync(HttpStatusCode.Created)).Text("key"), works: true);
                }
            };
        });

    /// <summary>After any last call, the old key works until the overlap ends, and a rotation can be repeated within it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RotateKeyWithOverlap_ProcessDiesAtAnyCall_OldKeyWorksAndItCanBeRepeated(bool callIsCarriedOut) =>
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

                // The row for key checks has an end, and so does the list.
                var listed = await owner.ListAsync(Team.Keys);
                Assert.Equal(2, listed.Count(IsActive));
                var ended = Assert.Single(listed, key => !IsActive(key));
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
    public async Task RevokeKey_ProcessDiesAtAnyCall_StateIsShownAndItCanBeRepeated(bool callIsCarriedOut) =>
        await AtEachCallAsync(callIsCarriedOut, Plan.Enterprise, async (dying, owner, arm) =>
        {
            var key = await owner.NewKeyAsync();
            arm();
            var answer = await dying.DeleteAsync($"{Team.Keys}/{key.Text("id")}");

            return async () =>
            {
                var isActive = IsActive((await owner.ListAsync(Team.Keys))[0]);
                Assert.False(isActive && answer.IsSuccessStatusCode);
                await AssertWorksAsync(key.Text("key"), isActive);

                Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync($"{Team.Keys}/{key.Text("id")}")).StatusCode);
                await AssertWorksAsync(key.Text("key"), works: false);
                Assert.Equal(1, await CountAsync(owner, "key.revoked"));
            };
        });

    private static bool IsActive(JsonElement key) => key.GetProperty("revoked_at").ValueKind == JsonValueKind.Null;

    /// <summary>Checks a key by its row, without the cache of key checks.</summary>
    private async Task AssertWorksAsync(string key, bool works)
    {
        var row = await Service.Application.Service<ApiKeyStore>().FindAsync(ApiKeyText.PrefixOf(key)!, CancellationToken.None);
        Assert.Equal(works, row is not null && row.Matches(key) && !(row.RevokedAt <= TimeProvider.System.GetUtcNow()));
    }
}
