using System.Diagnostics;
using XQr.Api.Qr.Images;
using XQr.Api.Storage;
using XQr.Rendering;
using XQr.Rendering.Logos;
using XQr.Testing;

namespace XQr.Measurements;

/// <summary>Measures the time to draw images and to read them from storage, to decide which of them to store.</summary>
internal static class StoredRenders
{
    private const string Url = "https://xqr.example/Ab3dE";
    private const int Rounds = 200;

    public static async Task RunAsync(XQrApplication application)
    {
        var blobs = new RenderBlobs(application.Service<Containers>());
        var logo = QrLogo.TryRead(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">
            <circle cx="4" cy="4" r="3" fill="#048"/><path d="M2 4h4" stroke="#fff"/></svg>
            """u8.ToArray(),
            out _);
        var rounded = new QrDesign { DotStyle = DotStyle.Rounded, CornerStyle = CornerStyle.Rounded };
        RequestMeasurement.Line($"a missing blob: {await MedianAsync(() => blobs.FindAsync("none", CancellationToken.None)):0.00} ms");
        foreach (var (name, design, format) in ((string, QrDesign, QrFormat)[])
        [
            ("SVG", QrDesign.Default, QrFormat.Svg),
            ("PNG", QrDesign.Default, QrFormat.Png),
            ("SVG with shapes and logo", rounded with { Logo = logo }, QrFormat.Svg),
            ("PNG with shapes", rounded, QrFormat.Png),
            ("PNG with shapes and logo", rounded with { Logo = logo }, QrFormat.Png),
        ])
        {
            foreach (var size in (int[])[4, 10, 20, 50])
            {
                var key = $"{name} {size}".Replace(' ', '-');
                await blobs.WriteAsync(key, Draw(), CancellationToken.None);
                var drawing = await MedianAsync(() => Task.FromResult(Draw()));
                var fetching = await MedianAsync(() => blobs.FindAsync(key, CancellationToken.None));
                RequestMeasurement.Line($"| {name}, {size} | {drawing:0.00} | {fetching:0.00} | {Draw().Bytes.Length} |");

                QrOutcome.Image Draw() => (QrOutcome.Image)QrRenderer.Render(Url, design, format, size);
            }
        }
    }

    /// <summary>Returns the median time. Additional rounds before the measured ones let the code be compiled as in a running server.</summary>
    private static async Task<double> MedianAsync<T>(Func<Task<T>> act)
    {
        var times = new List<double>();
        for (var round = 0; round < Rounds * 3 / 2; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await act();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times.Skip(Rounds / 2).Order().ElementAt(Rounds / 2);
    }
}
