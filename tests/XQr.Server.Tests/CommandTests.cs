using System.Net;
using XQr.Testing;

namespace XQr.Server.Tests;

/// <summary>Commands are processes beside a server, or without one.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Keys_WorkWhileTheServerRuns()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path);
        string[] owner = ["--owner-email", "owner@example.com"];
        var workspace = (await SucceedAsync(["workspace", "create", "--name", "Acme", "--plan", "business", .. owner])).LastLine;
        Assert.NotEqual(server.WorkspaceId, workspace);
        string[] access = ["--scopes", "links:read,links:write", "--expires", "2100-01-01"];
        var key = (await SucceedAsync(["key", "create", "--workspace", workspace, "--name", "CI", .. access])).LastLine;

        using var client = server.NewClient(key);
        await client.NewLinkAsync();
        using var limits = await client.GetAsync("/api/v1/links");
        Assert.Equal("50", limits.Header("X-RateLimit-Burst-Limit"));

        var revoked = await SucceedAsync("key", "revoke", key[7..15]);
        Assert.Equal((key[7..15], ""), (revoked.LastLine, revoked.Errors));

        await Eventually.TrueAsync(
            async () => (await client.GetAsync("/api/v1/links")).StatusCode == HttpStatusCode.Unauthorized, "The revoked key is rejected.");
    }

    [Fact]
    public async Task Commands_WorkWhileNoServerRuns()
    {
        var workspace = (await SucceedAsync("workspace", "create", "--name", "Acme", "--data", "d")).LastLine;
        var key = (await SucceedAsync("key", "create", "--workspace", workspace, "--name", "K", "--scopes", "*", "--data", "d")).LastLine;

        await using var server = await ServerProcess.StartAsync(folder.Path, "--data", "d");
        Assert.Equal(workspace, server.WorkspaceId);
        using var client = server.NewClient(key);
        await client.NewLinkAsync();
    }

    private async Task<ProcessResult> SucceedAsync(params string[] arguments)
    {
        var run = (await ServerProcess.RunAsync(folder.Path, arguments)).Succeeded();
        Assert.Single(run.Output.TrimEnd().Split('\n'));
        return run;
    }
}
