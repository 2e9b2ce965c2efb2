using System.Diagnostics;
using System.Text;
using System.Text.Json;
using XQr.Server.Azurite;
using Xunit;

namespace XQr.Testing.Decoding;

/// <summary>
/// Reads QR codes with software that shares no code with the renderer: ZXing-C++ reads the pixels that resvg draws, in a Node process.
/// Use it as an assembly fixture: <c>[assembly: AssemblyFixture(typeof(QrReader))]</c>.
/// </summary>
public sealed class QrReader : IAsyncLifetime
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly SemaphoreSlim nodeLock = new(1);
    private Process? node;
    private Task<string>? errors;

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
        errors = node.StandardError.ReadToEndAsync();
    }

    /// <summary>Reads the text of the QR code in an SVG or PNG image.</summary>
    /// <returns>The text, or null if the image has no readable code.</returns>
    public async Task<string?> ReadAsync(byte[] image) => (await ReadCodeAsync(image))?.Text;

    /// <summary>Reads the QR code in an SVG or PNG image with its properties.</summary>
    /// <returns>The reading, or null if the image has no readable code.</returns>
    public async Task<QrReading?> ReadCodeAsync(byte[] image) =>
        (await SendAsync(image, "code")).GetProperty("code").Deserialize<QrReading>(JsonSerializerOptions.Web);

    /// <summary>Draws an SVG or PNG image at its size.</summary>
    public async Task<Raster> RasteriseAsync(byte[] image) =>
        (await SendAsync(image, "pixels")).Deserialize<Raster>(JsonSerializerOptions.Web)!;

    public async ValueTask DisposeAsync()
    {
        if (node is not null)
        {
            node.StandardInput.Close();
            await node.WaitForExitAsync();
            node.Dispose();
        }

        nodeLock.Dispose();
    }

    private async Task<JsonElement> SendAsync(byte[] image, string result)
    {
        var request = JsonSerializer.Serialize(new { image = Convert.ToBase64String(image), result });
        await nodeLock.WaitAsync();
        try
        {
            await node!.StandardInput.WriteLineAsync(request);
            await node.StandardInput.FlushAsync();
            var line = await node.StandardOutput.ReadLineAsync()
                ?? throw new InvalidOperationException($"The QR reader ended: {await errors!}");
            var response = JsonElement.Parse(line);
            return response.TryGetProperty("error", out var error)
                ? throw new InvalidOperationException($"The QR reader failed: {error}")
                : response;
        }
        finally
        {
            nodeLock.Release();
        }
    }
}
