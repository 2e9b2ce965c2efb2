namespace XQr.Infrastructure.Tests;

/// <summary>What the Bicep CLI says of the files. It exits with 0 on warnings, so that what it writes counts too.</summary>
public sealed class BicepTests
{
    public static TheoryData<string> Files => [.. Bicep.Files];

    [Fact]
    public async Task Build_SaysNothing() => AssertSilent(await RunAsync("build", "main.bicep", "--stdout"));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Lint_SaysNothing(string file) => AssertSilent(await RunAsync("lint", file));

    [Fact]
    public async Task Parameters_NeedNoMoreThanNameAndPlace() => AssertSilent(await RunAsync("build-params", "main.bicepparam", "--stdout"));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Format_ChangesNothing(string file)
    {
        var formatted = await RunAsync("format", file, "--stdout");

        AssertSilent(formatted);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Bicep.Folder, file)), formatted.Output);
    }

    [Fact]
    public async Task FaultyFile_IsReported()
    {
        var folder = Directory.CreateTempSubdirectory("xqr-bicep-");
        try
        {
            File.Copy(Path.Combine(Bicep.Folder, "bicepconfig.json"), Path.Combine(folder.FullName, "bicepconfig.json"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "faulty.bicep"), "param unused string\n");

            var linted = await Bicep.RunAsync(folder.FullName, Deployment.Plain, "lint", "faulty.bicep");

            Assert.NotEqual(0, linted.ExitCode);
            Assert.Contains("no-unused-params", linted.Errors, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<Finished> RunAsync(params string[] arguments) => Bicep.RunAsync(Bicep.Folder, Deployment.Plain, arguments);

    private static void AssertSilent(Finished finished)
    {
        Assert.Empty(finished.Errors);
        Assert.Equal(0, finished.ExitCode);
    }
}
