namespace XQr.Clients.Tests.Guides;

/// <summary>A section of a guide: samples of one subject, and the lines that each of them prints.</summary>
/// <param name="Heading">The section's heading.</param>
/// <param name="Code">The samples by the language of their code blocks. Blocks of one language are joined.</param>
/// <param name="Output">The lines that follow the samples; null where the section shows no output.</param>
internal sealed record GuideSection(string Heading, IReadOnlyDictionary<string, string> Code, string? Output);

/// <summary>Reads the samples of a Markdown page.</summary>
internal static class GuidePage
{
    private const string Fence = "```";
    private const string OutputLanguage = "text";

    /// <summary>Returns the sections of a page, those without code blocks included.</summary>
    /// <param name="path">The path of the page from the root of the repository.</param>
    public static IReadOnlyList<GuideSection> Read(string path)
    {
        var sections = new List<GuideSection>();
        foreach (var section in string.Concat('\n', File.ReadAllText(Testing.Repository.PathOf(path.Split('/')))).Split("\n## "))
        {
            var lines = section.Split('\n');
            sections.Add(ReadSection(lines[0].Trim(), lines.Skip(1)));
        }

        return sections;
    }

    private static GuideSection ReadSection(string heading, IEnumerable<string> lines)
    {
        var code = new Dictionary<string, string>(StringComparer.Ordinal);
        string? language = null;
        foreach (var line in lines)
        {
            if (line.StartsWith(Fence, StringComparison.Ordinal))
            {
                language = language is null ? line[Fence.Length..].Trim() : null;
            }
            else if (language is not null)
            {
                code[language] = $"{code.GetValueOrDefault(language)}{line}\n";
            }
        }

        code.Remove(OutputLanguage, out var output);
        return new(heading, code, output?.TrimEnd());
    }
}
