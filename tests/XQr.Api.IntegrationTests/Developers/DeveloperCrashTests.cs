using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

/// <summary>Ends the process at each of its storage calls in turn, and checks with another instance that the data is consistent.</summary>
public abstract class DeveloperCrashTests(ServiceFixture service)
{
    private const int MaxCalls = 14;

    protected ServiceFixture Service => service;

    protected static async Task<int> CountAsync(HttpClient client, string action) =>
        (await client.ListAsync(Team.Audit)).Count(entry => entry.Text("action") == action);

    protected async Task AtEachCallAsync(bool callIsCarriedOut, Plan plan, Func<HttpClient, HttpClient, Action, Task<Func<Task>>> act)
    {
        for (var calls = 0; ; calls++)
        {
            Assert.True(calls < MaxCalls, "The operation makes more calls than this test foresees.");
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
