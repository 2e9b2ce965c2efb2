using System.Text.RegularExpressions;

namespace XQr.Api.Tests.Architecture;

/// <summary>The rules of the architecture (docs/architecture.md), checked on the sources.</summary>
public sealed partial class ArchitectureTests
{
    [Fact]
    public void Azure_IsUsedByStoresOnly()
    {
        var errors = SourceFile.All.Where(file => file.Project == "XQr.Api" && file.Slice != "Storage" && file.Uses("using Azure") && !IsStore(file));

        Assert.Empty(errors.Select(file => file.Path));

        // A store may have several files, such as ApiKeyStore.Revocation.cs; its rows are mapped beside it; the exporter to Azure Monitor is
        // set up with the other telemetry.
        static bool IsStore(SourceFile file) =>
            new[] { "Store", "Blobs", "Row", "Rows", "TelemetryServices" }
                .Any(end => file.Name.Split('.')[0].EndsWith(end, StringComparison.Ordinal));
    }

    [Fact]
    public void Functions_AreUsedByTheFunctionsProjectOnly() =>
        Assert.Empty(SourceFile.All
            .Where(file => file.Project != "XQr.Functions" && file.Uses("Microsoft.Azure.Functions"))
            .Select(file => file.Path));

    [Fact]
    public void Rendering_IsPure() => Assert.Empty(SourceFile.All
        .Where(file => file.Project == "XQr.Rendering" && (file.Uses("using Azure") || file.Uses("Microsoft.AspNetCore") || file.Uses("XQr.Api")))
        .Select(file => file.Path));

    /// <summary>Diagnostics reads the standard variables of OpenTelemetry and Azure Monitor.</summary>
    [Fact]
    public void Slices_TakeOptionsAndNoConfiguration() => Assert.Empty(SourceFile.All
        .Where(file => file.Project == "XQr.Api" && file.Slice is not ("" or "Diagnostics") && file.Uses("IConfiguration"))
        .Select(file => file.Path));

    /// <summary>An exception that leaves a background service ends its work until the process is started again.</summary>
    [Fact]
    public void BackgroundServices_ContainFailures() => Assert.Empty(SourceFile.All
        .Where(file => file.Project == "XQr.Api" && file.Uses(": BackgroundService") && !file.Uses("background.TryRunAsync("))
        .Select(file => file.Path));

    [Fact]
    public void Files_CanBeReadWhole() => Assert.Empty(SourceFile.All
        .Where(file => file.Text.Count(character => character == '\n') > 220)
        .Select(file => file.Path));

    /// <summary>
    /// No line has more than 150 characters, except for a line of test data: an <c>[InlineData]</c>, or a string literal that stands alone.
    /// </summary>
    [Fact]
    public void Lines_FitAScreen() => Assert.Empty(
        from folder in (string[])["src", "tests", "bench"]
        from file in SourceFile.ReadAll(folder)
        from line in file.Text.Split('\n').Index()
        let text = line.Item.TrimEnd('\r')
        where text.Length > 150 && (folder == "src" || !TestData().IsMatch(text))
        select $"{folder}/{file.Path}, line {line.Index + 1}: {text.Length} characters");

    [Fact]
    public void Namespaces_FollowFolders() => Assert.Empty(
        from file in SourceFile.All
        where file.Text.Contains("\nnamespace ", StringComparison.Ordinal) || file.Text.StartsWith("namespace ", StringComparison.Ordinal)
        let expected = string.Join('.', file.Path.Split('/')[..^1])
        where !file.Text.Contains($"namespace {expected};", StringComparison.Ordinal)
        select $"{file.Path} should be in {expected}");

    [Fact]
    public void Documentation_BeginsWithNoQuestionWord() => Assert.Empty(
        from folder in (string[])["src", "tests", "bench"]
        from file in SourceFile.ReadAll(folder)
        from Match match in Question().Matches(file.Text)
        select $"{folder}/{file.Path}: {match.Value}");

    [GeneratedRegex(@"/// *<[^>]+>\s*(?:///\s*)?(?:Whether|What|Who|Where|When)\b.*")]
    private static partial Regex Question();

    [GeneratedRegex(""""^ *(?:\[InlineData\(".*|(?:"[^"]*"|"""(?:(?!""").)+""")[,;)]*)$"""")]
    private static partial Regex TestData();
}
