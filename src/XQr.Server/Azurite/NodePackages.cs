using System.Text.Json;

namespace XQr.Server.Azurite;

/// <summary>Installs the Node packages of <c>package-lock.json</c> at the root of the checkout.</summary>
internal static class NodePackages
{
    /// <summary>Installs all missing packages, including those of the tests.</summary>
    /// <inheritdoc cref="EnsureInstalledAsync(TextWriter, bool, CancellationToken)"/>
    public static Task<string> EnsureInstalledAsync(TextWriter progress, CancellationToken cancellationToken = default) =>
        EnsureInstalledAsync(progress, withTools: true, cancellationToken);

    /// <summary>Installs the packages if they are missing or do not match <c>package-lock.json</c>.</summary>
    /// <param name="progress">The writer for progress messages, which is not used if nothing is installed.</param>
    /// <param name="withTools">True to also install the tools of the tests, which the local storage does not require.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The full path of the folder with <c>package.json</c> and <c>node_modules</c>.</returns>
    /// <exception cref="StartFailedException">Node.js is missing or too old, or npm failed.</exception>
    public static async Task<string> EnsureInstalledAsync(TextWriter progress, bool withTools, CancellationToken cancellationToken)
    {
        var folder = FindFolder();
        await Node.CheckVersionAsync(cancellationToken);
        if (!IsInstalled(folder, withTools))
        {
            using var _ = await FileLock.AcquireAsync(Path.Combine(folder, ".xqr", "packages.lock"), cancellationToken);
            if (!IsInstalled(folder, withTools))
            {
                await NpmInstall.RunAsync(folder, withTools, progress, cancellationToken);
            }
        }

        return folder;
    }

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "package-lock.json")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new StartFailedException(
            "The local storage requires package.json and package-lock.json in a folder above the program. "
            + "Run it from a checkout, or set Xqr:Storage:ConnectionString.");
    }

    /// <summary>
    /// Returns true if each package of the lock file is installed in its version. npm writes a list of installed packages as its last step.
    /// </summary>
    private static bool IsInstalled(string folder, bool withTools)
    {
        var path = Path.Combine(folder, "node_modules", ".package-lock.json");
        if (!File.Exists(path))
        {
            return false;
        }

        using var lockFile = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "package-lock.json")));
        using var list = JsonDocument.Parse(File.ReadAllBytes(path));
        var installed = list.RootElement.GetProperty("packages");
        return lockFile.RootElement.GetProperty("packages").EnumerateObject().All(package =>
            package.Name.Length == 0
            || IsSkipped(package.Value, withTools)
            || (installed.TryGetProperty(package.Name, out var there) && Version(there) == Version(package.Value)));
    }

    /// <summary>
    /// Returns true if a package is not required. Optional packages are for other systems, and npm marks packages of tools with <c>dev</c>.
    /// </summary>
    private static bool IsSkipped(JsonElement package, bool withTools) =>
        package.TryGetProperty("optional", out _)
        || (!withTools && (package.TryGetProperty("dev", out _) || package.TryGetProperty("devOptional", out _)));

    private static string? Version(JsonElement package) => package.TryGetProperty("version", out var version) ? version.GetString() : null;
}
