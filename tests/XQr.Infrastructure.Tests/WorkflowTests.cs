using System.Text.RegularExpressions;
using XQr.Testing;

namespace XQr.Infrastructure.Tests;

/// <summary>The workflows pin their actions, and the deployment has all parameters.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string Deploy = File.ReadAllText(Repository.PathOf(".github", "workflows", "deploy.yml"));

    private static readonly string[] Parameters =
        [.. ParameterName().Matches(File.ReadAllText(Path.Combine(Bicep.Folder, "main.bicepparam"))).Select(match => match.Groups[1].Value)];

    [Theory]
    [InlineData("ci.yml")]
    [InlineData("deploy.yml")]
    [InlineData("nightly.yml")]
    public void Actions_ArePinnedToACommit(string workflow)
    {
        var actions = Action().Matches(File.ReadAllText(Repository.PathOf(".github", "workflows", workflow)));

        Assert.NotEmpty(actions);
        Assert.All(actions, action => Assert.Matches("^[A-Za-z-]+/[a-z-]+@[0-9a-f]{40} # v[0-9.]+$", action.Groups[1].Value));
    }

    /// <summary>A parameter that the workflow does not pass would have its default at each deployment.</summary>
    [Fact]
    public void Parameters_AreAllPassed() =>
        Assert.All(Parameters, name => Assert.Contains($" {name}: ", Deploy, StringComparison.Ordinal));

    [Fact]
    public void Settings_AreAllDocumented()
    {
        var documentation = File.ReadAllText(Repository.PathOf("docs", "deploy.md"));

        Assert.All(
            Parameters.Where(name => name.StartsWith("XQR_", StringComparison.Ordinal)),
            name => Assert.Contains($"`{name}`", documentation, StringComparison.Ordinal));
    }

    [GeneratedRegex("uses: (.+)")]
    private static partial Regex Action();

    [GeneratedRegex(@"readEnvironmentVariable\('([A-Z_]+)'")]
    private static partial Regex ParameterName();
}
