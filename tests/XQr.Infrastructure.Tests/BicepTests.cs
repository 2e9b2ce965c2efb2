namespace XQr.Infrastructure.Tests;

/// <summary>What the Bicep CLI says of the files. It exits with 0 on warnings, so that what it writes counts too.</summary>
public sealed class BicepTests
{
    [Fact]
    public async Task Build_SaysNothing() => AssertSilent(await RunAsync("build", "main.bicep", "--stdout"));

    [Fact]
    public async Task Lint_SaysNothing_OfTheFileAndItsModules() => AssertSilent(await RunAsync("lint", "main.bicep"));

    [Fact]
    public async Task Parameters_NeedNoMoreThanNameAndPlace() => AssertSilent(await RunAsync("build-params", "main.bicepparam", "--stdout"));

    [Fact]
    public async Task Format_ChangesNothing()
    {
        using var copy = new Bicep.Copy();

        AssertSilent(await Bicep.RunAsync(copy.Folder, Deployment.Plain, "format", "--pattern", "./**/*.bicep"));
        AssertSilent(await Bicep.RunAsync(copy.Folder, Deployment.Plain, "format", "main.bicepparam"));

        var files = Directory.GetFiles(Bicep.Folder, "*.bicep*", SearchOption.AllDirectories);
        Assert.True(files.Length > 10);
        Assert.All(files, file => Assert.Equal(File.ReadAllText(file), File.ReadAllText(copy.Of(file))));
    }

    [Fact]
    public async Task Faults_AreReported()
    {
        using var copy = new Bicep.Copy();
        var module = Path.Combine(copy.Folder, "modules", "identity.bicep");
        await File.AppendAllTextAsync(module, "param unused   string\n");

        var linted = await Bicep.RunAsync(copy.Folder, Deployment.Plain, "lint", "main.bicep");
        await Bicep.RunAsync(copy.Folder, Deployment.Plain, "format", "--pattern", "./**/*.bicep");

        Assert.NotEqual(0, linted.ExitCode);
        Assert.Contains("no-unused-params", linted.Errors, StringComparison.Ordinal);
        Assert.EndsWith("\nparam unused string\n", await File.ReadAllTextAsync(module), StringComparison.Ordinal);
    }

    private static Task<Finished> RunAsync(params string[] arguments) => Bicep.RunAsync(Bicep.Folder, Deployment.Plain, arguments);

    private static void AssertSilent(Finished finished)
    {
        Assert.Empty(finished.Errors);
        Assert.Equal(0, finished.ExitCode);
    }
}
