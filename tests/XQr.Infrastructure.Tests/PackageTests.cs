using System.Text.Json.Nodes;
using XQr.Testing;

namespace XQr.Infrastructure.Tests;

/// <summary>The package of the Functions app has the right settings and files. CI publishes the real package and checks it.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("xqr-package-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>azd publishes without options, so the project file must have them.</summary>
    [Fact]
    public async Task Publish_TargetsLinuxAndCompilesAheadOfTime()
    {
        var properties = await PropertiesAsync("-p:_IsPublishing=true");

        Assert.Equal(
            ("linux-x64", "false", "true"),
            ((string?)properties["RuntimeIdentifier"], (string?)properties["SelfContained"], (string?)properties["PublishReadyToRun"]));
    }

    [Fact]
    public async Task Build_HasNoRuntimeIdentifier() => Assert.Equal("", (string?)(await PropertiesAsync())["RuntimeIdentifier"]);

    [Fact]
    public async Task ValidPackage_IsAccepted()
    {
        Fill();

        var result = await CheckAsync();

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.StartsWith("package: ", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("libSkiaSharp.dylib", "files of other systems")]
    [InlineData("libSkiaSharp.pdb", "files of other systems")]
    [InlineData("runtimes/win-x64/native/libSkiaSharp.dll", "files of other systems")]
    [InlineData("libOther.so", "2 native libraries")]
    [InlineData("local.settings.json", "local.settings.json is published")]
    public async Task UnexpectedFile_IsRejected(string file, string expected)
    {
        Fill();
        Add(file);

        var result = await CheckAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingFile_IsNamed()
    {
        Fill();
        File.Delete(Path.Combine(folder, "functions.metadata"));

        Assert.Contains("functions.metadata is missing", (await CheckAsync()).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LargePackage_IsRejected()
    {
        Fill();
        await File.WriteAllBytesAsync(Path.Combine(folder, "large.dll"), new byte[61 * 1024 * 1024]);

        Assert.Contains("exceed the limit of 60 MB", (await CheckAsync()).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Workflow_ChecksThePackage()
    {
        var workflow = File.ReadAllText(Repository.PathOf(".github", "workflows", "ci.yml"));

        Assert.Contains(
            "dotnet publish src/XQr.Functions --configuration Release --output \"$RUNNER_TEMP/package\"\n"
                + "          sh eng/check-package.sh \"$RUNNER_TEMP/package\"",
            workflow,
            StringComparison.Ordinal);
    }

    private void Fill()
    {
        foreach (var file in (string[])["host.json", "functions.metadata", "worker.config.json", "XQr.Functions.dll", "libSkiaSharp.so"])
        {
            Add(file);
        }
    }

    private void Add(string file)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, file);
    }

    private Task<ProcessResult> CheckAsync() =>
        ProcessResult.RunAsync(Repository.PathOf("eng", "check-package.sh"), [folder], folder, new Dictionary<string, string>());

    private static async Task<JsonNode> PropertiesAsync(params string[] arguments)
    {
        var project = Repository.PathOf("src", "XQr.Functions", "XQr.Functions.csproj");
        var result = await ProcessResult.RunAsync(
            "dotnet",
            ["msbuild", project, "-getProperty:RuntimeIdentifier,SelfContained,PublishReadyToRun", .. arguments],
            AppContext.BaseDirectory,
            new Dictionary<string, string>());
        Assert.True(result.ExitCode == 0, result.Errors + result.Output);
        return JsonNode.Parse(result.Output)!["Properties"]!;
    }
}
