using System.Diagnostics;
using System.Globalization;
using System.Text;
using QRCoder;
using XQr.Rendering;
using XQr.Rendering.Logos;

namespace XQr.Benchmarks;

/// <summary>Measures text to image for <c>bench/rendering.sh</c>, which also measures other software in the same run.</summary>
internal static class RenderingComparison
{
    private const string Url = "https://xqr.example/Ab3dE";
    private const int Batches = 40;
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(50);

    /// <summary>Prints a line per case: name, microseconds of the fastest batch, allocated bytes, bytes of the image.</summary>
    public static void Run()
    {
        var logo = QrLogo.TryRead(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">
            <circle cx="4" cy="4" r="3" fill="#048"/><path d="M2 4h4" stroke="#fff"/></svg>
            """u8.ToArray(),
            out _);
        var rounded = new QrDesign { DotStyle = DotStyle.Rounded, CornerStyle = CornerStyle.Rounded, QuietZone = 0 };
        Measure("SVG", () => Render(QrDesign.Default, QrFormat.Svg, 10));
        Measure("PNG, 270 px", () => Render(QrDesign.Default, QrFormat.Png, 10));
        Measure("QRCoder SVG", () => Encoding.UTF8.GetBytes(new SvgQRCode(Encode()).GetGraphic(10)));
        Measure("QRCoder PNG, 330 px", () => new PngByteQRCode(Encode()).GetGraphic(10));
        Measure("rounded SVG", () => Render(rounded, QrFormat.Svg, 20));
        Measure("dots SVG", () => Render(rounded with { DotStyle = DotStyle.Dots }, QrFormat.Svg, 20));
        Measure("rounded PNG, 500 px", () => Render(rounded, QrFormat.Png, 20));
        Measure("dots PNG, 500 px", () => Render(rounded with { DotStyle = DotStyle.Dots }, QrFormat.Png, 20));
        Measure("rounded SVG with SVG logo", () => Render(rounded with { Logo = logo }, QrFormat.Svg, 15));
        Measure("rounded PNG with SVG logo, 495 px", () => Render(rounded with { Logo = logo }, QrFormat.Png, 15));
    }

    /// <summary>Prints the cost of the first plain render of a process, and of the first render with Skia.</summary>
    public static void RunCold()
    {
        (string, QrDesign)[] cases = [("plain PNG", QrDesign.Default), ("styled PNG", new() { DotStyle = DotStyle.Rounded })];
        foreach (var (name, design) in cases)
        {
            var before = (Stopwatch.GetTimestamp(), Environment.WorkingSet);
            Render(design, QrFormat.Png, 10);
            Print($"first {name}", Stopwatch.GetElapsedTime(before.Item1).TotalMicroseconds, Environment.WorkingSet - before.WorkingSet, 0);
        }
    }

    private static byte[] Render(QrDesign design, QrFormat format, int moduleSize) =>
        ((QrOutcome.Image)QrRenderer.Render(Url, design, format, moduleSize)).Bytes;

    private static QRCodeData Encode() => QRCodeGenerator.GenerateQrCode(Url, QRCodeGenerator.ECCLevel.M);

    private static void Measure(string name, Func<byte[]> render)
    {
        var fastest = double.MaxValue;
        for (var batch = 0; batch < Batches; batch++)
        {
            var (start, count) = (Stopwatch.GetTimestamp(), 0);
            for (; Stopwatch.GetElapsedTime(start) < Batch; count++)
            {
                render();
            }

            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalMicroseconds / count);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var bytes = render().Length;
        Print(name, fastest, GC.GetAllocatedBytesForCurrentThread() - allocated, bytes);
    }

    private static void Print(string name, double microseconds, long allocated, int bytes) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{microseconds:0.0}\t{allocated}\t{bytes}"));
}
