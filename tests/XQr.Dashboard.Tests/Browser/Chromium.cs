using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.Playwright;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Browser;

/// <summary>Finds a Chromium: one that is installed, otherwise on Linux the one in an npm package.</summary>
internal static class Chromium
{
    private const string Package = "@sparticuz/chromium";

    private static readonly string[] Installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>
    /// Returns the options that start the browser. Each system other than Linux comes with a browser or has an installer for Chrome.
    /// </summary>
    public static async Task<BrowserTypeLaunchOptions> FindAsync() => true switch
    {
        _ when OperatingSystem.IsWindows() => new() { Channel = "msedge" },
        _ when OperatingSystem.IsMacOS() => new() { Channel = "chrome" },
        _ when Installed.FirstOrDefault(File.Exists) is { } path => new() { ExecutablePath = path },
        _ => await UnpackAsync(),
    };

    /// <summary>Unpacks the browser of the npm package with its libraries and fonts. Its graphics libraries must be beside the program.</summary>
    private static async Task<BrowserTypeLaunchOptions> UnpackAsync()
    {
        await new NodePackagesFixture().InitializeAsync();
        var package = Repository.PathOf("node_modules", Package);
        using var description = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(package, "package.json")));
        var folder = Repository.PathOf(".xqr", $"chromium-{description.RootElement.GetProperty("version")}");
        if (!Directory.Exists(folder))
        {
            // Another process may do the same, and only a complete folder gets the name.
            var unfinished = Directory.CreateDirectory($"{folder}-{Path.GetRandomFileName()}").FullName;
            await using (var program = File.Create(Path.Combine(unfinished, "chromium")))
            {
                await using var content = Open("chromium.br");
                await content.CopyToAsync(program);
            }

            foreach (var archive in (string[])["al2023.tar.br", "fonts.tar.br", "swiftshader.tar.br"])
            {
                await using var content = Open(archive);
                await TarFile.ExtractToDirectoryAsync(content, unfinished, overwriteFiles: true);
            }

            // The file of the package names folders of AWS Lambda. Without a font, no text is shown.
            await File.WriteAllTextAsync(
                Path.Combine(unfinished, "fonts.conf"),
                """<fontconfig><dir prefix="relative">fonts</dir><dir>/usr/share/fonts</dir><cachedir>/tmp/fonts-cache</cachedir></fontconfig>""");
            Complete(unfinished, folder);
        }

        return new()
        {
            ExecutablePath = Path.Combine(folder, "chromium"),
            Env = new Dictionary<string, string>
            {
                ["LD_LIBRARY_PATH"] = $"{Path.Combine(folder, "lib")}:{folder}",
                ["FONTCONFIG_PATH"] = folder,
                ["HOME"] = Path.GetTempPath(),
            },
        };

        BrotliStream Open(string name) => new(File.OpenRead(Path.Combine(package, "bin", name)), CompressionMode.Decompress);
    }

    private static void Complete(string unfinished, string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(unfinished, "chromium"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        try
        {
            Directory.Move(unfinished, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(unfinished, recursive: true);
        }
    }
}
