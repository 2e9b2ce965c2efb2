using XQr.Testing;

namespace XQr.Clients.Tests.Guides;

/// <summary>The commands of the tutorial and of the how-to guides succeed and print the lines that the pages show.</summary>
public sealed class HowToGuideTests(ServiceFixture service)
{
    /// <summary>A redirect that waits for its scan to be stored, so that the next command of the page counts it.</summary>
    private static readonly Dictionary<string, string?> Settings = new() { ["Xqr:Scans:CommitWait"] = "5000" };

    [Theory]
    [InlineData("docs/getting-started.md")]
    [InlineData("docs/how-to/key-rotation.md")]
    [InlineData("docs/how-to/print-campaign.md")]
    [InlineData("docs/how-to/retry-with-idempotency-key.md")]
    [InlineData("docs/how-to/smart-routing.md")]
    public async Task Commands_PrintWhatThePageShows(string path)
    {
        var page = GuidePage.Read(path);
        await using var instance = await service.StartAnotherAsync(Settings);
        using var folder = await GuideFolder.CreateAsync(service, instance);

        // The functions of the API guide, and then the page. Later sections of a page use what earlier ones have set.
        var setUp = GuidePage.Read("docs/api-guide.md").Where(section => section.Output is null);
        await folder.WriteAsync("page.sh", $"set -euo pipefail\n{GuideProgram.BashInOneScope.Write([.. setUp, .. page])}");

        GuideOutput.Verify(page, await folder.RunAsync("bash", "page.sh"));
    }
}
