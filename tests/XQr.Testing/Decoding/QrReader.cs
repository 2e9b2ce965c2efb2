using System.Diagnostics;
using System.Text;
using System.Text.Json;
using XQr.Server.Azurite;
using Xunit;

namespace XQr.Testing.Decoding;

/// <summary>
/// Reads QR codes with software that shares nothing with the renderer: ZXing-C++ on pixels that resvg draws, both in one Node process.
/// Use it as an assembly fixture: <c>[assembly: AssemblyFixture(typeof(QrReader))]</c>.
/// </summary>
public sealed class QrReader : IAsyncLifetime
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly SemaphoreSlim turn = new(1);
    private Process? node;
    private Task<string>? complaints;

    public async ValueTask InitializeAsync()
    {
        var folder = await NodePackages.EnsureInstalledAsync(Console.Error);
        node = Process.Start(new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Decoding", "qr-reader.mjs"), folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
        })!;
        complaints = node.StandardError.ReadToEndAsync();
    }

    /// <summary>Reads the text of the QR code in an SVG or PNG image.</summary>
    /// <returns>The text, or null when the image has no readable code.</returns>
    public async Task<string?> ReadAsync(byte[] image) => (await ReadCodeAsync(image))?.Text;

    /// <summary>Reads the QR code in an SVG or PNG image with what the reader learns on its way.</summary>
    /// <returns>The reading, or null when the image has no readable code.</returns>
    public async Task<QrReading?> ReadCodeAsync(byte[] image) =>
        (await AskAsync(image, "code")).GetProperty("code").Deserialize<QrReading>(JsonSerializerOptions.Web);

    /// <summary>Draws an SVG or PNG image at its own size.</summary>
    public async Task<Raster> RasteriseAsync(byte[] image) =>
        (await AskAsync(image, "pixels")).Deserialize<Raster>(JsonSerializerOptions.Web)!;

    public async ValueTask DisposeAsync()
    {
        if (node is not null)
        {
            node.StandardInput.Close();
            await node.WaitForExitAsync();
            node.Dispose();
        }

        turn.Dispose();
    }

    private async Task<JsonElement> AskAsync(byte[] image, string want)
    {
        var question = JsonSerializer.Serialize(new { image = Convert.ToBase64String(image), want });
        await turn.WaitAsync();
        try
        {
            await node!.StandardInput.WriteLineAsync(question);
            await node.StandardInput.FlushAsync();
            var line = await node.StandardOutput.ReadLineAsync()
                ?? throw new InvalidOperationException($"The QR reader ended: {await complaints!}");
            var answer = JsonElement.Parse(line);
            return answer.TryGetProperty("error", out var error)
                ? throw new InvalidOperationException($"The QR reader failed: {error}")
                : answer;
        }
        finally
        {
            turn.Release();
        }
    }
}
