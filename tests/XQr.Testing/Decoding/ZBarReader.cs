using System.Diagnostics;
using System.Text;

namespace XQr.Testing.Decoding;

/// <summary>A second reader, ZBar's <c>zbarimg</c>, for machines that have it (Debian: <c>zbar-tools</c>).</summary>
public static class ZBarReader
{
    /// <summary>Whether <c>zbarimg</c> is on the PATH.</summary>
    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "zbarimg.exe" : "zbarimg")));

    /// <summary>Reads the text of the QR code in a PNG image.</summary>
    /// <returns>The text, or null when the image has no readable code.</returns>
    public static Task<string?> ReadAsync(byte[] png) => RunAsync("png:-", png);

    /// <summary>Reads the text of the QR code in an image's pixels, of which it sees the green as brightness.</summary>
    /// <returns>The text, or null when the image has no readable code.</returns>
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
        var complaints = zbar.StandardError.ReadToEndAsync();
        await zbar.StandardInput.BaseStream.WriteAsync(image);
        zbar.StandardInput.Close();
        await zbar.WaitForExitAsync();

        // 4: no code found (zbarimg(1), EXIT STATUS)
        return zbar.ExitCode switch
        {
            0 => (await text)[..^1],
            4 => null,
            var code => throw new InvalidOperationException($"zbarimg ended with {code}: {await complaints}"),
        };
    }
}
