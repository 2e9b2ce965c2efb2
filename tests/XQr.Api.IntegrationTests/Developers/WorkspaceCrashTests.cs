using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

/// <summary>Ends the process at each storage call of a creation, and checks with another instance that the workspace is whole or absent.</summary>
public sealed class WorkspaceCrashTests(ServiceFixture service)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Create_ProcessDiesAtAnyCall_WholeOrAbsent(bool callIsCarriedOut)
    {
        for (var calls = 0; ; calls++)
        {
            Assert.True(calls < 10, "The operation makes more calls than this test foresees.");
            await using var dying = await service.StartAnotherAsync(
                new Dictionary<string, string?> { ["Xqr:Auth:AllowWorkspaceCreation"] = "true" });
            var token = service.Issuer.Token(Team.NewEmail());
            using var client = dying.NewClient(token);
            dying.Faults.DieAfter(calls, callIsCarriedOut);

            var answer = await client.PostJsonAsync(Team.Workspaces, """{"name":"Mine"}""");

            using var alive = service.Application.NewClient(token);
            var workspaces = (await (await alive.GetAsync(Team.Me)).DataAsync()).GetProperty("workspaces").GetArrayLength();
            Assert.True(workspaces == 1 || !answer.IsSuccessStatusCode);
            Assert.Equal(workspaces == 1 ? ["owner"] : [], await RolesAsync(alive, workspaces));
            if (!dying.Faults.Happened)
            {
                Assert.Equal((4, 1), (calls, workspaces));
                return;
            }
        }
    }

    private static async Task<IEnumerable<string?>> RolesAsync(HttpClient client, int workspaces) =>
        workspaces == 0 ? [] : (await client.ListAsync(Team.Members)).Select(member => (string?)member.Text("role"));
}
