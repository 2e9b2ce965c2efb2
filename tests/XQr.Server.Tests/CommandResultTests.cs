using XQr.Testing;

namespace XQr.Server.Tests;

/// <summary>Commands print their result in one line, or the reason that there is none.</summary>
public sealed class CommandResultTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task InvalidArguments_AreErrors()
    {
        var workspace = await SucceedAsync("workspace", "create", "--name", "Acme");
        string[] update = ["workspace", "update", workspace];
        string[] create = ["key", "create", "--workspace", workspace, "--name", "K"];

        await FailAsync("'links:everything'", [.. create, "--scopes", "links:read,links:everything"]);
        await FailAsync("must name at least one scope", [.. create, "--scopes", ","]);
        await FailAsync("in the past", [.. create, "--scopes", "*", "--expires", "2020-01-01T00:00:00Z"]);
        await FailAsync("must be a time", [.. create, "--scopes", "*", "--expires", "tomorrow"]);
        await FailAsync("with the year first", [.. create, "--scopes", "*", "--expires", "01/02/2100"]);
        await FailAsync("There is no workspace", "key", "create", "--workspace", "ws_nobody", "--name", "K", "--scopes", "*");
        await FailAsync("There is no workspace", "workspace", "set-plan", "ws_01a21216-555f-7ecf-ac4b-6fb64ae8b7f4", "pro");
        await FailAsync("There is no key with the prefix '00000000'", "key", "revoke", "00000000");
        await FailAsync("There is no key with the prefix '00000000'", "key", "revoke", "xqr_pk_00000000");
        await FailAsync("PREFIX must be the 8 characters", "key", "revoke", "0000000G");
        await FailAsync("not an e-mail address", "workspace", "create", "--name", "A", "--owner-email", "nobody");
        await FailAsync("--name must have 1 to 100", "workspace", "create", "--name", " ");
        await FailAsync("nothing to change", update);
        await FailAsync("--name must have 1 to 100", [.. update, "--name", ""]);
        await FailAsync("--description must have at most 500", [.. update, "--description", new string('d', 501)]);
        await FailAsync("There is no workspace", "workspace", "update", "ws_nobody", "--name", "A");
        await FailAsync("gold", "workspace", "create", "--name", "A", "--plan", "gold");

        for (var allowed = 2; allowed > 0; allowed--)
        {
            Assert.StartsWith("xqr_pk_", await SucceedAsync([.. create, "--scopes", "*"]), StringComparison.Ordinal);
        }

        await FailAsync("allows 2 API keys", [.. create, "--scopes", "*"]);
    }

    [Fact]
    public async Task FreePlan_AllowsNoKeyUntilItIsChanged()
    {
        var workspace = await SucceedAsync("workspace", "create", "--name", "Acme", "--plan", "free");
        string[] create = ["key", "create", "--workspace", workspace, "--name", "K", "--scopes", "*"];
        await FailAsync("free plan allows no API keys", create);

        Assert.Equal(workspace, await SucceedAsync("workspace", "set-plan", workspace, "pro"));

        Assert.StartsWith("xqr_pk_", await SucceedAsync(create), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoke_AcceptsThePrefixAndTheKey_Repeatedly()
    {
        var workspace = await SucceedAsync("workspace", "create", "--name", "Acme");
        var key = await SucceedAsync("key", "create", "--workspace", workspace, "--name", "K", "--scopes", "*");

        foreach (var named in (string[])[key[7..15], key[..15], key])
        {
            Assert.Equal(key[7..15], await SucceedAsync("key", "revoke", named));
        }
    }

    private async Task<string> SucceedAsync(params string[] arguments)
    {
        var run = (await Command.RunOnAsync(azurite.ConnectionString, arguments)).Succeeded();
        Assert.Equal("", run.Errors);
        return Assert.Single(run.Output.TrimEnd().Split('\n'));
    }

    private async Task FailAsync(string expected, params string[] arguments) =>
        (await Command.RunOnAsync(azurite.ConnectionString, arguments)).Failed(expected);
}
