using SkiaSharp;
using XQr.Rendering.Logos;

namespace XQr.Rendering.Tests;

internal static class TestLogos
{
    /// <summary>Gets a logo of shapes with a gradient and a style sheet.</summary>
    public static QrLogo Cup { get; } = Read(File.ReadAllBytes(PathOf("cup.svg")));

    /// <summary>Gets a dark disc on a transparent background.</summary>
    public static QrLogo Png { get; } = Read(Draw(100, 100, SKEncodedImageFormat.Png, canvas =>
        canvas.DrawCircle(50, 50, 48, new() { Color = new(0x20, 0x20, 0x60), IsAntialias = true })));

    /// <summary>Gets a wide logo with dark and light areas.</summary>
    public static QrLogo Jpeg { get; } = Read(Draw(120, 80, SKEncodedImageFormat.Jpeg, canvas =>
    {
        canvas.Clear(SKColors.DarkSlateBlue);
        canvas.DrawRect(20, 20, 80, 40, new() { Color = SKColors.Gold });
    }));

    public static IReadOnlyList<QrLogo> All { get; } = [Cup, Png, Jpeg];

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Logos", name);

    public static byte[] Draw(int width, int height, SKEncodedImageFormat format, Action<SKCanvas> draw)
    {
        using var bitmap = new SKBitmap(width, height);
        using var canvas = new SKCanvas(bitmap);
        draw(canvas);
        return bitmap.Encode(format, 95).ToArray();
    }

    public static QrLogo Read(byte[] file)
    {
        var logo = QrLogo.TryRead(file, out var error);
        Assert.Null(error);
        return logo!;
    }
}
