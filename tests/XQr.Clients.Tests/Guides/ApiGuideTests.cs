using XQr.Testing;

namespace XQr.Clients.Tests.Guides;

/// <summary>The samples of <c>docs/api-guide.md</c> compile, succeed, and print the lines that the guide shows.</summary>
public sealed class ApiGuideTests(ServiceFixture service)
{
    private static readonly IReadOnlyList<GuideSection> Sections = GuidePage.Read("docs/api-guide.md");

    [Fact]
    public async Task CurlSamples_PrintWhatTheGuideShows()
    {
        using var folder = await GuideFolder.CreateAsync(service, service.Application);
        await folder.RunAsync("curl", "--version");
        await folder.WriteAsync("guide.sh", $"set -euo pipefail\n{GuideProgram.Bash.Write(Sections)}");

        GuideOutput.Verify(Sections, await folder.RunAsync("bash", "guide.sh"));
    }

    [Fact]
    public async Task CSharpSamples_PrintWhatTheGuideShows()
    {
        using var folder = await GuideFolder.CreateAsync(service, service.Application);
        await folder.WriteAsync("guide.cs", GuideProgram.CSharp.Write(Sections));

        GuideOutput.Verify(Sections, await folder.RunAsync("dotnet", "run", "guide.cs"));
    }

    [Fact]
    public async Task TypeScriptSamples_PrintWhatTheGuideShows()
    {
        using var folder = await GuideFolder.CreateAsync(service, service.Application);
        await folder.WriteAsync("guide.mts", GuideProgram.TypeScript.Write(Sections));
        await folder.RunAsync(
            "node", Repository.PathOf("node_modules", "typescript", "bin", "tsc"), "guide.mts", "--strict", "--skipLibCheck",
            "--target", "ES2022", "--module", "NodeNext", "--lib", "ES2022,DOM,DOM.AsyncIterable",
            "--types", "node", "--typeRoots", Repository.PathOf("node_modules", "@types"));

        GuideOutput.Verify(Sections, await folder.RunAsync("node", "guide.mjs"));
    }

    [Fact]
    public void EverySubject_HasASampleInEachLanguage() => Assert.All(
        Sections.Where(section => section.Output is not null),
        section => Assert.Equal(["bash", "csharp", "ts"], section.Code.Keys.Order()));
}
