using System.Diagnostics;
using XQr.Server.Azurite;

namespace XQr.Api.Tests.Redirects.UserAgents;

public sealed class DataTests
{
    [Fact]
    public async Task Data_IsWhatPinnedPackagesGive()
    {
        var root = await NodePackages.EnsureInstalledAsync(TextWriter.Null, TestContext.Current.CancellationToken);
        using var check = Process.Start(
            new ProcessStartInfo("node", ["eng/user-agents.mjs", "--check"]) { WorkingDirectory = root, RedirectStandardError = true })!;
        var errors = await check.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await check.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("", errors);
        Assert.Equal(0, check.ExitCode);
    }
}
