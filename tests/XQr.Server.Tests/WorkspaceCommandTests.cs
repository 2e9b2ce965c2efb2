using System.Net;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Server.Tests;

/// <summary>Commands take effect on another instance, whose clock the tests set.</summary>
public sealed class WorkspaceCommandTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly OffsetTime time = new();
    private XQrApplication instance = null!;

    public async ValueTask InitializeAsync() => instance = await XQrApplication.StartAsync(azurite.ConnectionString, configure: time.Register);

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    [Fact]
    public async Task SetPlan_TakesEffectOnARunningInstanceWithinTenSeconds()
    {
        var workspace = await instance.NewWorkspaceAsync(Plan.Pro);
        Assert.Equal("10", await BurstLimitAsync(HttpStatusCode.OK));

        await SetPlanAsync("enterprise");
        Assert.Equal("200", await BurstLimitAsync(HttpStatusCode.OK));

        await SetPlanAsync("business");
        Assert.Equal("50", await BurstLimitAsync(HttpStatusCode.OK));

        await SetPlanAsync("free");
        Assert.Equal("0", await BurstLimitAsync(HttpStatusCode.Forbidden));
        await (await workspace.Client.GetAsync("/api/v1/workspace")).ErrorAsync(HttpStatusCode.Forbidden, "FEATURE_NOT_AVAILABLE");

        await SetPlanAsync("pro");
        Assert.Equal("pro", (await (await workspace.Client.GetAsync("/api/v1/workspace")).DataAsync()).Text("plan"));

        async Task SetPlanAsync(string plan)
        {
            Assert.Equal(workspace.Id, await RunAsync("workspace", "set-plan", workspace.Id, plan));
            time.Advance(TimeSpan.FromSeconds(10));
        }

        async Task<string?> BurstLimitAsync(HttpStatusCode expected)
        {
            var answer = await workspace.Client.GetAsync("/api/v1/links");
            Assert.Equal(expected, answer.StatusCode);
            return answer.Header("X-RateLimit-Burst-Limit");
        }
    }

    [Fact]
    public async Task ScansInTheQuarantine_AreListedAndStoredAgain()
    {
        var workspace = await instance.NewWorkspaceAsync(Plan.Pro);
        var link = await workspace.Client.NewLinkAsync();
        var twoScans = Convert.FromHexString(
            $"0101{link.Text("id").Replace("-", "", StringComparison.Ordinal)}"
            + "06024445066D6F62696C65064368726F6D6507416E64726F696409612E6578616D706C65025A5A"
            + "0280A8A8949567000001020304F403000501020304");
        var quarantine = new BlobServiceClient(azurite.ConnectionString).GetBlobContainerClient("quarantine");
        await quarantine.GetBlobClient($"{workspace.Id}/batch1").UploadAsync(
            new BinaryData(twoScans),
            new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["reason"] = "400 InvalidInput" } },
            TestContext.Current.CancellationToken);

        Assert.Equal("batch1  400 InvalidInput", await RunAsync("scans", "quarantine", "list", "--workspace", workspace.Id));
        Assert.Equal("batch1  stored", await RunAsync("scans", "quarantine", "retry", "--workspace", workspace.Id));
        Assert.Equal(2, (await workspace.Client.LinkAsync(link.Text("id"))).Number("scan_count"));
    }

    [Fact]
    public async Task CreatedAndUpdatedWorkspace_IsReturnedByTheApi()
    {
        var id = await RunAsync("workspace", "create", "--name", "Acme", "--description", " Posters and packages ", "--plan", "business");
        using var client = instance.NewClient(await RunAsync("key", "create", "--workspace", id, "--name", "CI", "--scopes", "workspace:read"));
        Assert.Equal(("Acme", "Posters and packages", "business"), await ShownAsync());

        Assert.Equal(id, await RunAsync("workspace", "update", id, "--name", "Acme Ltd"));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(("Acme Ltd", "Posters and packages", "business"), await ShownAsync());

        Assert.Equal(id, await RunAsync("workspace", "update", id, "--description", ""));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(("Acme Ltd", null, "business"), await ShownAsync());

        async Task<(string, string?, string)> ShownAsync()
        {
            var data = await (await client.GetAsync("/api/v1/workspace")).DataAsync();
            return (data.Text("name"), data.GetProperty("description").GetString(), data.Text("plan"));
        }
    }

    private async Task<string> RunAsync(params string[] arguments) =>
        (await Command.RunOnAsync(azurite.ConnectionString, arguments)).Succeeded().LastLine;
}
