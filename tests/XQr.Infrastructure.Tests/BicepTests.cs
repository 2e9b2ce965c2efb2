using XQr.Testing;

namespace XQr.Infrastructure.Tests;

/// <summary>The Bicep CLI reports no errors and no warnings. It exits with 0 on warnings, so the tests also check its output.</summary>
public sealed class BicepTests
{
    [Fact]
    public async Task Build_HasNoWarnings() => AssertSilent(await RunAsync("build", "main.bicep", "--stdout"));

    [Fact]
    public async Task Lint_HasNoWarnings() => AssertSilent(await RunAsync("lint", "main.bicep"));

    [Fact]
    public async Task Parameters_RequireOnlyNameAndLocation() => AssertSilent(await RunAsync("build-params", "main.bicepparam", "--stdout"));

    [Fact]
    public async Task Format_ChangesNothing()
    {
        using var copy = new Bicep.Copy();

        AssertSilent(await Bicep.RunAsync(copy.Folder, Deployment.Minimal, "format", "--pattern", "./**/*.bicep"));
        AssertSilent(await Bicep.RunAsync(copy.Folder, Deployment.Minimal, "format", "main.bicepparam"));

        var files = Directory.GetFiles(Bicep.Folder, "*.bicep*", SearchOption.AllDirectories);
        Assert.True(files.Length > 10);
        Assert.All(files, file => Assert.Equal(File.ReadAllText(file), File.ReadAllText(copy.Of(file))));
    }

    [Fact]
    public async Task Errors_AreReported()
    {
        using var copy = new Bicep.Copy();
        var module = Path.Combine(copy.Folder, "modules", "identity.bicep");
        await File.AppendAllTextAsync(module, "param unused   string\n");

        var linted = await Bicep.RunAsync(copy.Folder, Deployment.Minimal, "lint", "main.bicep");
        await Bicep.RunAsync(copy.Folder, Deployment.Minimal, "format", "--pattern", "./**/*.bicep");

        Assert.NotEqual(0, linted.ExitCode);
        Assert.Contains("no-unused-params", linted.Errors, StringComparison.Ordinal);
        Assert.EndsWith("\nparam unused string\n", await File.ReadAllTextAsync(module), StringComparison.Ordinal);
    }

    private static Task<ProcessResult> RunAsync(params string[] arguments) => Bicep.RunAsync(Bicep.Folder, Deployment.Minimal, arguments);

    private static void AssertSilent(ProcessResult result)
    {
        Assert.Empty(result.Errors);
        Assert.Equal(0, result.ExitCode);
    }
}
