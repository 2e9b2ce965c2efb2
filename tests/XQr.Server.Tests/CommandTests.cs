using System.Net;
using XQr.Testing;

namespace XQr.Server.Tests;

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

        foreach (var named in (string[])[key[7..15], key[..15], key])
        {
            var revoked = await SucceedAsync("key", "revoke", named);
            Assert.Equal((key[7..15], ""), (revoked.LastLine, revoked.Errors));
        }

        await Eventually.TrueAsync(
            async () => (await client.GetAsync("/api/v1/links")).StatusCode == HttpStatusCode.Unauthorized, "The revoked key is rejected.");
    }

    [Fact]
    public async Task Plans_WorkWhileNoServerRuns()
    {
        var workspace = (await SucceedAsync("workspace", "create", "--name", "Acme", "--plan", "free", "--data", "d")).LastLine;
        await FailAsync("free plan allows no API keys", "key", "create", "--workspace", workspace, "--name", "K", "--scopes", "*", "--data", "d");
        Assert.Equal(workspace, (await SucceedAsync("workspace", "set-plan", workspace, "pro", "--data", "d")).LastLine);
        var key = (await SucceedAsync("key", "create", "--workspace", workspace, "--name", "K", "--scopes", "*", "--data", "d")).LastLine;

        await using var server = await ServerProcess.StartAsync(folder.Path, "--data", "d");
        Assert.Equal(workspace, server.WorkspaceId);
        using var client = server.NewClient(key);
        await client.NewLinkAsync();
    }

    [Fact]
    public async Task InvalidArguments_AreErrors()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path, "--ephemeral");
        string[] storage = ["--Xqr:Storage:ConnectionString", server.ConnectionString];
        string[] update = ["workspace", "update", server.WorkspaceId];
        string[] create = ["key", "create", "--workspace", server.WorkspaceId, "--name", "K", .. storage];

        await FailAsync("'links:everything'", [.. create, "--scopes", "links:read,links:everything"]);
        await FailAsync("must name at least one scope", [.. create, "--scopes", ","]);
        await FailAsync("in the past", [.. create, "--scopes", "*", "--expires", "2020-01-01T00:00:00Z"]);
        await FailAsync("must be a time", [.. create, "--scopes", "*", "--expires", "tomorrow"]);
        await FailAsync("with the year first", [.. create, "--scopes", "*", "--expires", "01/02/2100"]);
        await FailAsync("There is no workspace", ["key", "create", "--workspace", "ws_nobody", "--name", "K", "--scopes", "*", .. storage]);
        await FailAsync("There is no workspace", ["workspace", "set-plan", "ws_01a21216-555f-7ecf-ac4b-6fb64ae8b7f4", "pro", .. storage]);
        await FailAsync("There is no key with the prefix '00000000'", ["key", "revoke", "00000000", .. storage]);
        await FailAsync("There is no key with the prefix '00000000'", ["key", "revoke", "xqr_pk_00000000", .. storage]);
        await FailAsync("PREFIX must be the 8 characters", ["key", "revoke", "0000000G", .. storage]);
        await FailAsync("not an e-mail address", ["workspace", "create", "--name", "A", "--owner-email", "nobody", .. storage]);
        await FailAsync("--name must have 1 to 100", ["workspace", "create", "--name", " ", .. storage]);
        await FailAsync("nothing to change", [.. update, .. storage]);
        await FailAsync("--name must have 1 to 100", [.. update, "--name", "", .. storage]);
        await FailAsync("--description must have at most 500", [.. update, "--description", new string('d', 501), .. storage]);
        await FailAsync("There is no workspace", ["workspace", "update", "ws_nobody", "--name", "A", .. storage]);
        await FailAsync("gold", ["workspace", "create", "--name", "A", "--plan", "gold", .. storage]);

        Assert.StartsWith("xqr_pk_", (await SucceedAsync([.. create, "--scopes", "*"])).LastLine, StringComparison.Ordinal);
        await FailAsync("allows 2 API keys", [.. create, "--scopes", "*"]);
    }

    private async Task<ProcessResult> SucceedAsync(params string[] arguments)
    {
        var run = (await ServerProcess.RunAsync(folder.Path, arguments)).Succeeded();
        Assert.Single(run.Output.TrimEnd().Split('\n'));
        return run;
    }

    private async Task FailAsync(string expected, params string[] arguments) =>
        (await ServerProcess.RunAsync(folder.Path, arguments)).Failed(expected);
}
