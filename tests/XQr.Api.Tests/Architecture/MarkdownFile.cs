using System.Text.RegularExpressions;
using XQr.Testing;

namespace XQr.Api.Tests.Architecture;

/// <summary>A Markdown file of the repository.</summary>
/// <param name="Path">The path relative to the repository, with slashes: <c>docs/links.md</c>.</param>
/// <param name="Text">The text without fenced code blocks.</param>
internal sealed partial record MarkdownFile(string Path, string Text)
{
    private static readonly string Root = Repository.Root;

    public static IReadOnlyList<MarkdownFile> All { get; } = ReadAll();

    /// <summary>Gets the targets of all links and images that stay in the repository.</summary>
    public IEnumerable<string> Links => MarkdownLink().Matches(Text).Concat(HtmlLink().Matches(Text))
        .Select(match => match.Groups["target"].Value)
        .Where(target => !Absolute().IsMatch(target));

    /// <summary>Gets the test classes that are named as code, such as <c>TenantTests</c>.</summary>
    public IEnumerable<string> TestClasses => TestClass().Matches(Text).Select(match => match.Groups["name"].Value);

    /// <summary>Gets the anchors that GitHub gives to the headings.</summary>
    public IReadOnlySet<string> Anchors
    {
        get
        {
            var anchors = new HashSet<string>(StringComparer.Ordinal);
            foreach (var anchor in Heading().Matches(Text).Select(match => AnchorOf(match.Groups["text"].Value)))
            {
                var unique = anchor;
                for (var number = 1; !anchors.Add(unique); number++)
                {
                    unique = $"{anchor}-{number}";
                }
            }

            return anchors;
        }
    }

    public static string AnchorOf(string heading) =>
        NotInAnchor().Replace(LinkText().Replace(heading, "${text}"), "").Trim().ToLowerInvariant().Replace(' ', '-');

    public static bool Exists(string path)
    {
        var full = System.IO.Path.Combine(Root, path);
        return File.Exists(full) || Directory.Exists(full);
    }

    /// <summary>Returns the path, relative to the repository, of a target that is relative to this file.</summary>
    public string Resolve(string target)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.Combine(Root, Path))!;
        var full = target.Length == 0 ? System.IO.Path.Combine(Root, Path) : System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, target));
        return Relative(full);
    }

    private static string Relative(string path) => System.IO.Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static MarkdownFile[] ReadAll() =>
    [
        .. Directory.EnumerateFiles(Root, "*.md", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Where(file => !Foreign().IsMatch(Relative(file)))
            .Select(file => new MarkdownFile(Relative(file), Fence().Replace(File.ReadAllText(file), ""))),
    ];

    [GeneratedRegex(@"(^|/)(bin|obj|node_modules|TestResults|artifacts|\.git|\.xqr)/")]
    private static partial Regex Foreign();

    [GeneratedRegex(@"^```.*?^```\s*$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^()\s]+)\)")]
    private static partial Regex MarkdownLink();

    [GeneratedRegex("(?:href|src)=\"(?<target>[^\"]+)\"")]
    private static partial Regex HtmlLink();

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z]+Tests)`")]
    private static partial Regex TestClass();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:|^//")]
    private static partial Regex Absolute();

    [GeneratedRegex(@"^#{1,6} (?<text>.+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"[^\p{L}\p{M}\p{N}\p{Pc}\- ]")]
    private static partial Regex NotInAnchor();
}
