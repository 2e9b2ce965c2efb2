using System.Reflection;
using XQr.Testing;

namespace XQr.Infrastructure.Tests;

/// <summary>The Bicep CLI, from its NuGet package.</summary>
internal static class Bicep
{
    public static string Folder { get; } = Repository.PathOf("infra", "bicep");

    private static readonly string Program = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Bicep").Value!;

    /// <summary>Runs it in a folder.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="environment">What the parameters file reads.</param>
    /// <param name="arguments">The command and its arguments.</param>
    public static Task<Finished> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Finished.RunAsync(Program, arguments, folder, environment);

    /// <summary>A copy of the folder, for commands that write into it.</summary>
    public sealed class Copy : IDisposable
    {
        public Copy()
        {
            foreach (var file in Directory.EnumerateFiles(Bicep.Folder, "*", SearchOption.AllDirectories))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Of(file))!);
                File.Copy(file, Of(file));
            }
        }

        public string Folder { get; } = Directory.CreateTempSubdirectory("xqr-bicep-").FullName;

        /// <summary>The copy of a file.</summary>
        public string Of(string file) => Path.Combine(Folder, Path.GetRelativePath(Bicep.Folder, file));

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
