using System.Diagnostics;
using XQr.Server.Azurite;

namespace XQr.Api.Tests.Urls;

public sealed class DataTests
{
    [Fact]
    public async Task Data_IsThatOfThePinnedPackage()
    {
        var root = await NodePackages.EnsureInstalledAsync(TextWriter.Null, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("node", ["eng/idna.mjs", "--check"]) { WorkingDirectory = root, RedirectStandardError = true };
        using var check = Process.Start(start)!;
        var errors = await check.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await check.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("", errors);
        Assert.Equal(0, check.ExitCode);
    }
}
