using System.Text;
using XQr.Testing;

namespace XQr.Api.Tests.Architecture;

/// <summary>
/// The dependencies of the application and of the dashboard, whose drawings are <c>docs/dependencies.md</c>. <c>XQR_RENEW=1</c> draws them
/// again.
/// </summary>
public sealed class DependencyTests
{
    /// <summary>The layers of the application below the slices, from the bottom. Each may use those before it.</summary>
    private static readonly string[] Layers = ["Primitives", "Urls", "Diagnostics", "Storage", "Background", "Work", "Tenancy", "Pipeline"];

    public static TheoryData<string> Assemblies => ["XQr.Api", "XQr.Dashboard"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Slices_HaveNoCycles(string assembly) => Assert.Empty(SlicesOf(assembly).Cycles());

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Namespaces_HaveNoCycles(string assembly) => Assert.Empty(DependencyGraph.Read(FileOf(assembly), @namespace => @namespace).Cycles());

    [Fact]
    public void Layers_UseOnlyLowerLayers()
    {
        var slices = SlicesOf("XQr.Api");
        Assert.Empty(
            from layer in Layers.Index()
            from used in slices.DependenciesOf(layer.Item)
            where !Layers.Take(layer.Index).Contains(used)
            select $"{layer.Item} uses {used}");
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Composition_IsUsedByNoSlice(string assembly)
    {
        var slices = SlicesOf(assembly);
        Assert.DoesNotContain(slices.Groups, slice => slices.DependenciesOf(slice).Contains(assembly));
    }

    [Fact]
    public void Drawing_IsTheCommittedOne()
    {
        var file = Repository.PathOf("docs/dependencies.md");
        var drawing = $"""
            # Which part of the application uses which?

            This page is generated from the compiled code. A test fails if it is out of date, or if a graph has a cycle.

            An arrow points to the part that is used. Dependencies that follow from others are left out of the drawing; the table lists all.

            {Draw("The application", "XQr.Api")}
            {Draw("The dashboard", "XQr.Dashboard")}
            """.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("XQR_RENEW") == "1")
        {
            File.WriteAllText(file, drawing);
        }

        Assert.True(
            File.ReadAllText(file) == drawing,
            "docs/dependencies.md is not the graph of the code. Look at it after "
            + "XQR_RENEW=1 dotnet test --project tests/XQr.Api.Tests -- --filter-class \"*DependencyTests\"");
    }

    private static DependencyGraph SlicesOf(string assembly) => DependencyGraph.Read(FileOf(assembly), @namespace => SliceOf(assembly, @namespace));

    private static string FileOf(string assembly) => Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll");

    /// <summary>Returns the first part of a namespace below the assembly's own.</summary>
    private static string SliceOf(string assembly, string @namespace) => @namespace.Split('.') is [_, _, var slice, ..] ? slice : assembly;

    private static string Draw(string title, string assembly)
    {
        var slices = SlicesOf(assembly);
        var text = new StringBuilder($"## {title}\n\n```mermaid\nflowchart TD\n");
        foreach (var (from, to) in slices.Reduced())
        {
            text.Append($"    {from} --> {to}\n");
        }

        text.Append("```\n\n| part | uses |\n|---|---|\n");
        foreach (var slice in slices.Groups)
        {
            var used = string.Join(", ", slices.DependenciesOf(slice));
            text.Append($"| {slice} | {(used.Length > 0 ? used : "–")} |\n");
        }

        return text.ToString();
    }
}
