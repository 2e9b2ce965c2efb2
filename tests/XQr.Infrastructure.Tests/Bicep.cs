using System.Reflection;
using XQr.Testing;

namespace XQr.Infrastructure.Tests;

/// <summary>Runs the Bicep CLI from its NuGet package.</summary>
internal static class Bicep
{
    public static string Folder { get; } = Repository.PathOf("infra", "bicep");

    private static readonly string Program = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "Bicep").Value!;

    /// <summary>Runs a command in a folder.</summary>
    /// <param name="folder">The current folder.</param>
    /// <param name="environment">The environment variables of the parameters file.</param>
    /// <param name="arguments">The command and its arguments.</param>
    public static Task<ProcessResult> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        ProcessResult.RunAsync(Program, arguments, folder, environment);

    /// <summary>Copies the folder, for commands that write files.</summary>
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

        /// <summary>Returns the path of the copy of a file.</summary>
        public string Of(string file) => Path.Combine(Folder, Path.GetRelativePath(Bicep.Folder, file));

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
