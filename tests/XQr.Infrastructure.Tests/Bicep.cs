using System.Reflection;
using XQr.Testing;

namespace XQr.Infrastructure.Tests;

/// <summary>The Bicep CLI, from its NuGet package.</summary>
internal static class Bicep
{
    public static string Folder { get; } = Repository.PathOf("infra", "bicep");

    public static string[] Files { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.bicep*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal)];

    private static readonly string Program = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Bicep").Value!;

    /// <summary>Runs it in a folder.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="environment">What the parameters file reads.</param>
    /// <param name="arguments">The command and its arguments.</param>
    public static Task<Finished> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Finished.RunAsync(Program, arguments, folder, environment);
}
