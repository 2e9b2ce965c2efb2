using System.Text;
using XQr.Testing;

namespace XQr.Api.Tests.Architecture;

/// <summary>The dependencies of the application, whose drawing is <c>docs/dependencies.md</c>. <c>XQR_RENEW=1</c> draws it again.</summary>
public sealed class DependencyTests
{
    private const string Root = "XQr.Api";

    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, $"{Root}.dll");

    /// <summary>The layers below the slices, from the bottom. Each may use those before it.</summary>
    private static readonly string[] Layers = ["Primitives", "Urls", "Diagnostics", "Storage", "Maintenance", "Tenancy", "Pipeline"];

    private static readonly DependencyGraph Slices = DependencyGraph.Read(Assembly, SliceOf);

    [Fact]
    public void Slices_HaveNoCycles() => Assert.Empty(Slices.Cycles());

    [Fact]
    public void Namespaces_HaveNoCycles() => Assert.Empty(DependencyGraph.Read(Assembly, @namespace => @namespace).Cycles());

    [Fact]
    public void Layers_UseOnlyLowerLayers() => Assert.Empty(
        from layer in Layers.Index()
        from used in Slices.DependenciesOf(layer.Item)
        where !Layers.Take(layer.Index).Contains(used)
        select $"{layer.Item} uses {used}");

    [Fact]
    public void Composition_IsUsedByNoSlice() =>
        Assert.DoesNotContain(Slices.Groups, slice => Slices.DependenciesOf(slice).Contains(Root));

    [Fact]
    public void Drawing_IsTheCommittedOne()
    {
        var file = Repository.PathOf("docs/dependencies.md");
        var drawing = Draw();
        if (Environment.GetEnvironmentVariable("XQR_RENEW") == "1")
        {
            File.WriteAllText(file, drawing);
        }

        Assert.True(
            File.ReadAllText(file) == drawing,
            "docs/dependencies.md is not the graph of the code. Look at it after "
            + "XQR_RENEW=1 dotnet test --project tests/XQr.Api.Tests -- --filter-class \"*DependencyTests\"");
    }

    /// <summary>Returns the first part of a namespace below the application's own.</summary>
    private static string SliceOf(string @namespace) => @namespace.Split('.') is [_, _, var slice, ..] ? slice : Root;

    private static string Draw()
    {
        var text = new StringBuilder("""
            # Which part of the application uses which?

            This page is generated from the compiled application. A test fails if it is out of date, or if the graph has a cycle.

            An arrow points to the part that is used. Dependencies that follow from others are left out of the drawing; the table lists all.

            ```mermaid
            flowchart TD

            """.ReplaceLineEndings("\n"));
        foreach (var (from, to) in Slices.Reduced())
        {
            text.Append($"    {from} --> {to}\n");
        }

        text.Append("```\n\n| part | uses |\n|---|---|\n");
        foreach (var slice in Slices.Groups)
        {
            var used = string.Join(", ", Slices.DependenciesOf(slice));
            text.Append($"| {slice} | {(used.Length > 0 ? used : "–")} |\n");
        }

        return text.ToString();
    }
}
