using System.Text;

namespace XQr.Clients.Tests.Guides;

/// <summary>Makes one program of a page's samples in one language.</summary>
/// <param name="Language">The language of the code blocks.</param>
/// <param name="PrintFormat">A statement that prints a line; <c>{0}</c> stands for the text.</param>
/// <param name="Open">Begins a scope, so that sections may use the same names.</param>
/// <param name="Close">Ends the scope.</param>
internal sealed record GuideProgram(string Language, string PrintFormat, string Open, string Close)
{
    private const string Mark = "=== ";

    /// <summary>Gets the writer of curl samples. A subshell ends with the first command that fails.</summary>
    public static GuideProgram Bash { get; } = new("bash", "echo \"{0}\"", "(", ")");

    /// <summary>Gets the writer of curl samples that build on each other.</summary>
    public static GuideProgram BashInOneScope { get; } = Bash with { Open = "", Close = "" };

    /// <summary>Gets the writer of C# samples.</summary>
    public static GuideProgram CSharp { get; } = new("csharp", "Console.WriteLine(\"{0}\");", "{", "}");

    /// <summary>Gets the writer of TypeScript samples.</summary>
    public static GuideProgram TypeScript { get; } = new("ts", "console.log(\"{0}\");", "{", "}");

    /// <summary>Returns the program. Sections without output prepare what the others use, so they stand outside of any scope.</summary>
    /// <param name="sections">The sections of the page.</param>
    public string Write(IEnumerable<GuideSection> sections)
    {
        var program = new StringBuilder();
        foreach (var section in sections)
        {
            if (!section.Code.TryGetValue(Language, out var code))
            {
                continue;
            }

            program.Append(section.Output is null
                ? code
                : $"{string.Format(null, PrintFormat, Mark + section.Heading)}\n{Open}\n{code}{Close}\n");
        }

        return program.ToString();
    }

    /// <summary>Returns the lines that the program printed, by the heading of the section.</summary>
    /// <param name="output">The standard output of the program.</param>
    public static Dictionary<string, string> Read(string output) => output.ReplaceLineEndings("\n")
        .Split(Mark, StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Split('\n', 2))
        .ToDictionary(part => part[0], part => part[1].TrimEnd(), StringComparer.Ordinal);
}
