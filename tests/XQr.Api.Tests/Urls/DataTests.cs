using XQr.Server.Azurite;
using XQr.Testing;

namespace XQr.Api.Tests.Urls;

public sealed class DataTests
{
    [Fact]
    public async Task Data_IsThatOfThePinnedPackage()
    {
        var root = await NodePackages.EnsureInstalledAsync(TextWriter.Null, TestContext.Current.CancellationToken);
        var check = await ProcessResult.RunAsync("node", ["eng/idna.mjs", "--check"], root);

        Assert.Equal("", check.Succeeded().Errors);
    }
}
