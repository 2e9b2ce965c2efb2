using System.Text.RegularExpressions;
using XQr.Testing;

namespace XQr.Api.Tests.Architecture;

/// <summary>A C# file of the product.</summary>
/// <param name="Path">Relative to <c>src</c>, with slashes: <c>XQr.Api/Links/Link.cs</c>.</param>
/// <param name="Text">All of it.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    public string Project => Path.Split('/')[0];

    /// <summary>Gets the folder under the project; empty for files next to the project file.</summary>
    public string Slice => Path.Split('/') is { Length: > 2 } parts ? parts[1] : "";

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public static IReadOnlyList<SourceFile> All { get; } = ReadAll();

    public bool Uses(string @namespace) => Regex.IsMatch(Text, $@"(?<![\w.]){Regex.Escape(@namespace)}(?!\w)");

    private static SourceFile[] ReadAll()
    {
        var folder = Repository.PathOf("src");
        return [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file))
            .Where(file => !Generated().IsMatch(file.Path))
            .Select(file => new SourceFile(file.Path, File.ReadAllText(file.File)))];
    }

    [GeneratedRegex("/(bin|obj)/")]
    private static partial Regex Generated();
}
