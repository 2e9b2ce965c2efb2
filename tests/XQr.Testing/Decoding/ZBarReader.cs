using System.Diagnostics;
using System.Text;

namespace XQr.Testing.Decoding;

/// <summary>Reads QR codes with <c>zbarimg</c> of ZBar as a second reader, if it is installed (Debian: <c>zbar-tools</c>).</summary>
public static class ZBarReader
{
    /// <summary>Gets a value that indicates whether <c>zbarimg</c> is on the PATH.</summary>
    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "zbarimg.exe" : "zbarimg")));

    /// <summary>Reads the text of the QR code in a PNG image.</summary>
    /// <returns>The text, or null if the image has no readable code.</returns>
    public static Task<string?> ReadAsync(byte[] png) => RunAsync("png:-", png);

    /// <summary>Reads the text of the QR code in pixels, with the green channel as brightness.</summary>
    /// <returns>The text, or null if the image has no readable code.</returns>
    public static Task<string?> ReadAsync(Raster raster)
    {
        var brightness = Enumerable.Range(0, raster.Width * raster.Height).Select(pixel => raster.Pixels[(pixel * 4) + 1]);
        return RunAsync("pgm:-", [.. Encoding.ASCII.GetBytes($"P5 {raster.Width} {raster.Height} 255\n"), .. brightness]);
    }

    private static async Task<string?> RunAsync(string source, byte[] image)
    {
        using var zbar = Process.Start(new ProcessStartInfo("zbarimg", ["--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", source])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        var text = zbar.StandardOutput.ReadToEndAsync();
        var errors = zbar.StandardError.ReadToEndAsync();
        await zbar.StandardInput.BaseStream.WriteAsync(image);
        zbar.StandardInput.Close();
        await zbar.WaitForExitAsync();

        // Exit code 4 means that no code was found (zbarimg(1), EXIT STATUS).
        return zbar.ExitCode switch
        {
            0 => (await text)[..^1],
            4 => null,
            var code => throw new InvalidOperationException($"zbarimg ended with {code}: {await errors}"),
        };
    }
}
