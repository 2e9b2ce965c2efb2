using System.Text.Json;

namespace XQr.Server.Azurite;

/// <summary>Installs the Node packages that <c>package.json</c> at the root of the checkout pins.</summary>
internal static class NodePackages
{
    /// <summary>Installs all missing packages, including those of the tests.</summary>
    /// <inheritdoc cref="EnsureInstalledAsync(TextWriter, bool, CancellationToken)"/>
    public static Task<string> EnsureInstalledAsync(TextWriter progress, CancellationToken cancellationToken = default) =>
        EnsureInstalledAsync(progress, withTools: true, cancellationToken);

    /// <summary>Installs the packages if they are missing or do not match <c>package-lock.json</c>.</summary>
    /// <param name="progress">The writer for progress, which stays unused if nothing is installed.</param>
    /// <param name="withTools">Whether to install the tools of the tests too, which the local storage does not need.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The full path of the folder with <c>package.json</c> and <c>node_modules</c>.</returns>
    /// <exception cref="StartFailedException">Node.js is missing or too old, or npm failed.</exception>
    public static async Task<string> EnsureInstalledAsync(TextWriter progress, bool withTools, CancellationToken cancellationToken)
    {
        var folder = FindFolder();
        await Node.CheckVersionAsync(cancellationToken);
        if (!IsInstalled(folder, withTools))
        {
            using var _ = await FileLock.TakeAsync(Path.Combine(folder, ".xqr", "packages.lock"), cancellationToken);
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
            "The local storage needs package.json and package-lock.json in a folder above the program. Run it from a checkout, or set Xqr:Storage:ConnectionString.");
    }

    /// <summary>
    /// Returns whether each package of the lock file is installed in its version. npm writes a list of installed packages as its last step.
    /// </summary>
    private static bool IsInstalled(string folder, bool withTools)
    {
        var list = Path.Combine(folder, "node_modules", ".package-lock.json");
        if (!File.Exists(list))
        {
            return false;
        }

        using var wanted = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "package-lock.json")));
        using var present = JsonDocument.Parse(File.ReadAllBytes(list));
        var installed = present.RootElement.GetProperty("packages");
        return wanted.RootElement.GetProperty("packages").EnumerateObject().All(package =>
            package.Name.Length == 0
            || IsLeftOut(package.Value, withTools)
            || (installed.TryGetProperty(package.Name, out var there) && Version(there) == Version(package.Value)));
    }

    /// <summary>
    /// Returns the required packages. Optional packages are for other systems; npm marks packages of tools with <c>dev</c>.
    /// </summary>
    private static bool IsLeftOut(JsonElement package, bool withTools) =>
        package.TryGetProperty("optional", out _)
        || (!withTools && (package.TryGetProperty("dev", out _) || package.TryGetProperty("devOptional", out _)));

    private static string? Version(JsonElement package) => package.TryGetProperty("version", out var version) ? version.GetString() : null;
}
