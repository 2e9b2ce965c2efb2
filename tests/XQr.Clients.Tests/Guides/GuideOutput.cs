using System.Text.RegularExpressions;

namespace XQr.Clients.Tests.Guides;

/// <summary>Compares the output of samples with the output that a guide shows.</summary>
internal static class GuideOutput
{
    /// <summary>Fails unless every section printed the lines of the guide, in which <c>…</c> stands for any text of a line.</summary>
    /// <param name="sections">The sections of the guide.</param>
    /// <param name="printed">The output of the program that was made of the sections.</param>
    public static void Verify(IEnumerable<GuideSection> sections, string printed)
    {
        var lines = GuideProgram.Read(printed);
        var faults =
            from section in sections
            where section.Output is not null
            let output = lines.GetValueOrDefault(section.Heading)
            where output is null || !Regex.IsMatch(output, $"^{Regex.Escape(section.Output!).Replace("…", ".*", StringComparison.Ordinal)}$")
            select $"'{section.Heading}' shows\n{section.Output}\nbut its sample printed\n{output}";

        Assert.Empty(faults);
    }
}
