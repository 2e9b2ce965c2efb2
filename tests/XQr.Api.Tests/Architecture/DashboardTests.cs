using System.Text.RegularExpressions;
using XQr.Testing;

namespace XQr.Api.Tests.Architecture;

/// <summary>The rules of the dashboard (docs/architecture.md), checked on the sources.</summary>
public sealed partial class DashboardTests
{
    [Fact]
    public void Api_DoesNotKnowTheDashboard() => Assert.Empty(SourceFile.All
        .Where(file => file.Project is "XQr.Api" or "XQr.Rendering" && file.Uses("XQr.Dashboard"))
        .Select(file => file.Path));

    /// <summary>The content security policy refuses them, so they would not work.</summary>
    [Fact]
    public void Pages_HaveNoInlineScriptOrStyle() => Assert.Empty(
        from page in Pages()
        from match in Inline().Matches(page.Markup)
        select $"{page.Path}: {match.Value}");

    /// <summary>Finds the texts that are written in the markup. A line of markup begins with a tag.</summary>
    [Fact]
    public void Pages_TakeTheirTextsFromResources() => Assert.Empty(
        from page in Pages()
        from line in page.Markup.Split('\n')
        where line.StartsWith('<')
        from match in Words().Matches(WithoutExpressions(line))
        select $"{page.Path}: {match.Value}");

    [Theory]
    [InlineData("<p>Hello</p>", true)]
    [InlineData("""<input placeholder="Search">""", true)]
    [InlineData("<p>@Texts.Hello <b>and</b></p>", true)]
    [InlineData("<p>@Texts.Hello</p>", false)]
    [InlineData("""<p>@(await RenderPartialAsync<Field, FieldModel>(new("a", "b")))</p>""", false)]
    [InlineData("""<p title="@Text("Some (word)")">@Model.Name?.Trim()!</p>""", false)]
    [InlineData("<kbd>Esc</kbd>", false)]
    public void Words_AreThoseOutsideOfExpressions(string line, bool expected) => Assert.Equal(expected, Words().IsMatch(WithoutExpressions(line)));

    private static IEnumerable<(string Path, string Markup)> Pages() =>
        from file in Directory.EnumerateFiles(Repository.PathOf("src/XQr.Dashboard/Pages"), "*.cshtml", SearchOption.AllDirectories)
        let markup = File.ReadAllText(file).Split("@functions")[0]
        select (Path.GetRelativePath(Repository.Root, file), markup);

    /// <summary>Removes the expressions of Razor: a name with its members, calls and indexes, or what is in parentheses.</summary>
    private static string WithoutExpressions(string line)
    {
        while (Expression().Match(line) is { Success: true } match)
        {
            line = line.Remove(match.Index, match.Length);
        }

        return line;
    }

    [GeneratedRegex("""<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:""", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("""
        @(?:await\s)?\w*
        (?: [?!]?\.\w+ | ! | <[\w,\s.]+>(?=\()
          | (?<open>[(\[]) (?: "(?:\\.|[^"\\])*" | [^()\[\]"] | (?<open>[(\[]) | (?<-open>[)\]]) )* (?(open)(?!)) )*
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Expression();

    [GeneratedRegex("""(?<!<kbd|<code)>[^<>]*[a-z]{2}[^<>]*<|\s(?:alt|title|placeholder|aria-label|label)="[^"]*[a-z]{2}""", RegexOptions.IgnoreCase)]
    private static partial Regex Words();
}
