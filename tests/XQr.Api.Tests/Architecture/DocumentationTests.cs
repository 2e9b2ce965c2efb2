using System.Text.RegularExpressions;
using XQr.Testing;

namespace XQr.Api.Tests.Architecture;

/// <summary>Checks the Markdown files of the repository.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void Links_LeadToFilesAndHeadings()
    {
        var broken =
            from file in MarkdownFile.All
            from link in file.Links
            let fault = Check(file, link)
            where fault is not null
            select $"{file.Path}: {link}: {fault}";

        Assert.Empty(broken);
    }

    [Fact]
    public void Pages_AreListedInTheIndex()
    {
        var index = MarkdownFile.All.Single(file => file.Path == "docs/README.md");
        var listed = index.Links.Select(link => index.Resolve(link.Split('#')[0])).ToHashSet(StringComparer.Ordinal);
        var pages = MarkdownFile.All.Select(file => file.Path)
            .Where(path => path.StartsWith("docs/", StringComparison.Ordinal) && path != index.Path);

        Assert.Empty(pages.Except(listed));
    }

    [Fact]
    public void TestClasses_ThatPagesName_Exist()
    {
        var classes = Directory.EnumerateFiles(Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .ToHashSet(StringComparer.Ordinal);
        var missing =
            from file in MarkdownFile.All
            from name in file.TestClasses
            where !classes.Contains(name)
            select $"{file.Path}: {name}";

        Assert.Empty(missing);
    }

    /// <summary>These words were once used where the field has a standard term.</summary>
    [Fact]
    public void Pages_UseStandardTerms()
    {
        var found =
            from file in MarkdownFile.All
            from match in PrivateWord().Matches(file.Text)
            select $"{file.Path}: {match.Value}";

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("What is stored?", "what-is-stored")]
    [InlineData("`Xqr:Keys`, and more", "xqrkeys-and-more")]
    [InlineData("Which [link](page.md) leads here?", "which-link-leads-here")]
    [InlineData("snake_case – dash", "snake_case--dash")]
    public void Anchor_IsThatOfGitHub(string heading, string anchor) => Assert.Equal(anchor, MarkdownFile.AnchorOf(heading));

    /// <summary>Finds the fault of a link, or null where it resolves.</summary>
    private static string? Check(MarkdownFile file, string link)
    {
        var parts = link.Split('#', 2);
        var path = file.Resolve(parts[0]);
        if (!MarkdownFile.Exists(path))
        {
            return "no such file";
        }

        var target = MarkdownFile.All.SingleOrDefault(candidate => candidate.Path == path);
        return parts.Length == 1 || target?.Anchors.Contains(parts[1]) == true ? null : "no such heading";
    }

    [GeneratedRegex(@"\b(fold(ed|ing)?|ledger|guilty|put right|the (house|cast)|twins?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PrivateWord();
}
