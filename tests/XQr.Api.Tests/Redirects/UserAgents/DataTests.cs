using XQr.Server.Azurite;
using XQr.Testing;

namespace XQr.Api.Tests.Redirects.UserAgents;

public sealed class DataTests
{
    [Fact]
    public async Task Data_IsWhatPinnedPackagesGive()
    {
        var root = await NodePackages.EnsureInstalledAsync(TextWriter.Null, TestContext.Current.CancellationToken);
        var check = await ProcessResult.RunAsync("node", ["eng/user-agents.mjs", "--check"], root);

        Assert.Equal("", check.Succeeded().Errors);
    }
}
