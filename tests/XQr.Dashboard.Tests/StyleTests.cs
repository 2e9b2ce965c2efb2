using System.Text.RegularExpressions;
using XQr.Testing;

namespace XQr.Dashboard.Tests;

/// <summary>The style sheet has the classes of the pages, and no others.</summary>
public sealed partial class StyleTests
{
    private static readonly string Css = NoSelector().Replace(
        File.ReadAllText(Repository.PathOf("src", "XQr.Dashboard", "Assets", "Files", "app.css")), "");

    private static readonly string[] Sources =
    [
        .. from file in Directory.EnumerateFiles(Repository.PathOf("src"), "*", SearchOption.AllDirectories)
           where Path.GetExtension(file) is ".cshtml" or ".cs" or ".js"
           let path = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
           where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
           where path is not "src/XQr.Dashboard/Assets/Files/htmx.js"
           select File.ReadAllText(file),
    ];

    private static readonly HashSet<string> Styled = [.. StyledClass().Matches(Css).Select(match => match.Groups["name"].Value)];

    [Fact]
    public void Classes_EachIsInAPage()
    {
        var words = Sources.SelectMany(source => Text().Matches(source)).SelectMany(match => Word().Matches(match.Value))
            .Select(match => match.Value).ToHashSet();

        // The page composes the last part of some names, such as that of alert-error.
        Assert.DoesNotContain(Styled, name => !words.Contains(name) && !words.Contains(name[..(name.LastIndexOf('-') + 1)]));
    }

    [Fact]
    public void Pages_EachClassHasARule()
    {
        var names = Sources.SelectMany(source => Attribute().Matches(source))
            .SelectMany(match => Word().Matches(Expression().Replace(match.Groups["value"].Value, " "))).Select(match => match.Value).ToHashSet();

        Assert.Contains("card", names);
        Assert.Empty(names.Where(name => !name.EndsWith('-')).Except(Styled));
    }

    /// <summary>Matches a class in a selector.</summary>
    [GeneratedRegex(@"\.(?<name>[a-z][\w-]*)(?=[^{};]*\{)")]
    private static partial Regex StyledClass();

    [GeneratedRegex(@"url\(""[^""]*""\)|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex NoSelector();

    /// <summary>Matches the rest of a line with an attribute for classes, or a string.</summary>
    [GeneratedRegex(@"\bclass(?:Name)?\b[^\r\n]*|""[^""\r\n]*""")]
    private static partial Regex Text();

    [GeneratedRegex(@"(?<=\sclass="")(?<value>(?:@\((?:[^()]|\([^()]*\))*\)|[^""])*)")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"@\((?:[^()]|\([^()]*\))*\)|@\w+(?:\.\w+)*|\{[^}]*\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"[a-z][\w-]*")]
    private static partial Regex Word();
}
