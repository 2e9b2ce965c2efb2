using System.Text.Json;
using XQr.Testing;

namespace XQr.Api.Tests.Architecture;

/// <summary>The list of <c>eng/mutants.mjs</c> follows the code: each mutant applies to one place, and the tests that must notice it exist.</summary>
public sealed class MutantListTests
{
    private static readonly JsonElement[] Mutants =
        [.. JsonDocument.Parse(File.ReadAllText(Repository.PathOf("eng", "mutants.json"))).RootElement.EnumerateArray()];

    private static readonly Dictionary<string, string> Sources = SourceFile.All.ToDictionary(
        file => $"src/{file.Path}", file => file.Text, StringComparer.Ordinal);

    /// <summary>The names of test classes, each in the file of its name.</summary>
    private static readonly ILookup<string, string> TestClasses = Mutants.Select(mutant => Text(mutant, "project")).Distinct()
        .SelectMany(
            project => Directory.EnumerateFiles(Repository.PathOf("tests", project), "*Tests.cs", SearchOption.AllDirectories),
            (project, file) => (project, file))
        .ToLookup(found => found.project, found => Path.GetFileNameWithoutExtension(found.file), StringComparer.Ordinal);

    [Fact]
    public void Text_OccursOnceInItsFile() => Assert.Empty(Mutants
        .Where(mutant => !Sources.TryGetValue(Text(mutant, "file"), out var source) || source.Split(Text(mutant, "find")).Length != 2)
        .Select(
            mutant => $"{Text(mutant, "name")}: the text to find must occur exactly once in {Text(mutant, "file")}; adapt it in eng/mutants.json"));

    [Fact]
    public void Replacement_IsAnother() => Assert.DoesNotContain(Mutants, mutant => Text(mutant, "find") == Text(mutant, "replace"));

    [Fact]
    public void Name_IsUnique() => Assert.Equal(Mutants.Length, Mutants.Select(mutant => Text(mutant, "name")).Distinct().Count());

    [Fact]
    public void Tests_Exist() => Assert.Empty(Mutants
        .Where(mutant => TestClasses[Text(mutant, "project")].Count(name => name == Text(mutant, "tests")) != 1)
        .Select(mutant => $"{Text(mutant, "name")}: there is no class {Text(mutant, "tests")} in {Text(mutant, "project")}"));

    private static string Text(JsonElement mutant, string name) => mutant.GetProperty(name).GetString()!;
}
