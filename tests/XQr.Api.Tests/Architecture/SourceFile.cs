using System.Text.RegularExpressions;
using XQr.Testing;

namespace XQr.Api.Tests.Architecture;

/// <summary>A C# file of the repository.</summary>
/// <param name="Path">Relative to <c>src</c> or another folder that was read, with slashes: <c>XQr.Api/Links/Link.cs</c>.</param>
/// <param name="Text">All of it.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    public string Project => Path.Split('/')[0];

    /// <summary>Gets the folder under the project; empty for files next to the project file.</summary>
    public string Slice => Path.Split('/') is { Length: > 2 } parts ? parts[1] : "";

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Gets the files of the product.</summary>
    public static IReadOnlyList<SourceFile> All { get; } = ReadAll("src");

    public bool Uses(string @namespace) => Regex.IsMatch(Text, $@"(?<![\w.]){Regex.Escape(@namespace)}(?!\w)");

    /// <summary>Reads the C# files of a folder of the repository, without those that the build generates.</summary>
    public static IReadOnlyList<SourceFile> ReadAll(string root)
    {
        var folder = Repository.PathOf(root);
        return [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file))
            .Where(file => !Generated().IsMatch(file.Path))
            .Select(file => new SourceFile(file.Path, File.ReadAllText(file.File)))];
    }

    [GeneratedRegex("/(bin|obj)/")]
    private static partial Regex Generated();
}
