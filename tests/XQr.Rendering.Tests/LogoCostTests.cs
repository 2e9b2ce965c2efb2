using System.Globalization;
using System.Text;
using SkiaSharp;
using XQr.Rendering.Logos;
using XQr.Rendering.Logos.Vector;

namespace XQr.Rendering.Tests;

/// <summary>The cost of reading and drawing an SVG logo is limited, even for small files. No test measures time.</summary>
public sealed class LogoCostTests
{
    private const string ClippedGroup = """<g clip-path="url(#c)">""";
    private const string Rectangle = """<rect width="64" height="64" """;

    /// <summary>Small files, most of which would take minutes to draw.</summary>
    public static TheoryData<string, string> TooComplex => new()
    {
        { $"""<path d="{Zigzag(40_000)}"/>""", "too long to draw" },
        { Clipped($"""<path d="{Zigzag(1_500)}"/>""", Repeat($"{Rectangle}/>", 500)), "too long to draw" },
        { Clipped("""<path d="M0 0h9v9z"/><path d="M9 9h9v9z"/>""", Repeat($"{Rectangle}/>", 500)), "too long to draw" },
        { $"""<radialGradient id="g"><stop/></radialGradient>{Repeat($"""{Rectangle}fill="url(#g)"/>""", 100)}""", "too long to draw" },
        { $"""<path fill="none" stroke="red" stroke-width="60" stroke-linejoin="round" d="{Zigzag(9_000)}"/>""", "too long to draw" },
        { Repeat($"{Rectangle}/>", 2_000), "too long to draw" },
        { $"""<linearGradient id="g">{Repeat("<stop/>", 6_000)}</linearGradient>{Rectangle}fill="url(#g)"/>""", "at most 5000 elements" },
        { $"""<linearGradient id="g">{Repeat("<stop/>", 400)}</linearGradient>{InheritingGradients(20)}""", "at most 5000 elements" },
        { Clipped(Repeat("""<path d="M0 0h1v1z"/>""", 6_000), $"{Rectangle}/>"), "at most 5000 elements" },
        { Clipped($"""<path d="{Zigzag(60_000)}"/>""", $"{Rectangle}/>"), "256 KiB" },
        { $"""<path id="p" d="M0 0h9{new string(' ', 500_000)}v9z"/>{Repeat("""<use href="#p"/>""", 20)}""", "4 MiB" },
        { $"""<path id="p" class="{Repeat("a ", 250_000)}" d="M0 0h9v9z"/>{Repeat("""<use href="#p"/>""", 20)}""", "4 MiB" },
        { $$"""<style>{{Repeat(".a,", 500)}}.b{{{Repeat("fill:red;", 500)}}}</style>{{Rectangle}}class="a"/>""", "declarations" },
        { $$"""<style>.a{{{Repeat("fill:red;", 15_000)}}}</style>{{Repeat($"{Rectangle}class=\"a\"/>", 20)}}""", "style settings" },
        { $"{Rectangle}/>{Repeat("<a/>", 250_000)}", "200000 tags" },
        { Clipped("""<path d="M0 0h9v9z"/>""", Repeat(ClippedGroup, 8) + $"{Rectangle}/>" + Repeat("</g>", 8)), "at most 8 clip paths" },
        { """<path transform="scale(3e38) scale(3e38)" d="M0 0h9v9z"/>""", "transforms" },
        { """<g transform="scale(1e30)"><path transform="scale(1e30)" d="M0 0h9v9z"/></g>""", "transforms" },
    };

    [Theory, MemberData(nameof(TooComplex))]
    public void TooComplexDrawing_IsRejectedWithTheReason(string content, string expected)
    {
        Assert.Null(QrLogo.TryRead(Svg(content), out var error));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    /// <summary>To compute the union of the two parts would take minutes; to draw them one after the other does not.</summary>
    [Fact]
    public void ClipOfCrossingParts_IsDrawnWithoutTheirUnion()
    {
        var zigzag = Zigzag(1_500);
        var file = Svg(Clipped($"""<path d="{zigzag}"/><path transform="rotate(90 32 32)" d="{zigzag}"/>""", $"{Rectangle}/>"));

        Assert.InRange(VectorCost.Estimate(SvgReader.TryRead(file, out _)!)!.Value, 100, VectorCost.Max / 4);
        Assert.IsType<QrOutcome.Image>(QrRenderer.Render(Samples.Url, new() { Logo = TestLogos.Read(file) }, QrFormat.Png, 20));
    }

    /// <summary>Thousands of small shapes or a detailed outline are ordinary.</summary>
    [Fact]
    public void OrdinaryDrawings_AreFarFromTheLimit()
    {
        var circles = Enumerable.Range(0, 2_000).Select(i => $"""<circle cx="{i % 64}" cy="{i / 64}" r="1" stroke="red"/>""");
        byte[][] drawings =
        [
            File.ReadAllBytes(TestLogos.PathOf("cup.svg")),
            Svg(string.Concat(circles)),
            Svg($"""<path d="M0 0{Repeat("c1 1 2 -1 1 2c.5 -1 -.5 -2 -1 -2", 4_000)}"/>"""),
        ];

        Assert.All(drawings, drawing => Assert.InRange(VectorCost.Estimate(SvgReader.TryRead(drawing, out _)!)!.Value, 0, VectorCost.Max / 3));
    }

    /// <summary>The stored logo has an element for each clip of each shape, and is read with the same limits.</summary>
    [Theory]
    [InlineData(2_300, true)]
    [InlineData(3_000, false)]
    public void AcceptedLogo_CanBeReadAgain(int shapes, bool isAccepted)
    {
        var logo = QrLogo.TryRead(Svg(Clipped("""<path d="M0 0h60v60z"/>""", Repeat("""<rect width="1" height="1"/>""", shapes))), out _);

        Assert.Equal(isAccepted, logo is not null);
        Assert.True(logo is null || logo.Equals(TestLogos.Read(logo.Bytes.ToArray())));
    }

    /// <summary>A logo can be older than the limit.</summary>
    [Theory]
    [InlineData(QrFormat.Png)]
    [InlineData(QrFormat.Svg)]
    public void StoredLogoOverTheLimit_IsAnError(QrFormat format)
    {
        var logo = new QrLogo(QrLogoKind.Svg, Svg(Repeat($"{Rectangle}/>", 2_000)));

        var invalid = Assert.IsType<QrOutcome.InvalidLogo>(QrRenderer.Render(Samples.Url, new() { Logo = logo }, format, 10));
        Assert.Contains("too long to draw", invalid.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void CancelledDrawing_StopsBeforeTheNextShape()
    {
        using var picture = new VectorPicture(SvgReader.TryRead(Svg($"{Rectangle}/>"), out _)!);
        using var surface = SKSurface.Create(new SKImageInfo(8, 8));

        Assert.Throws<OperationCanceledException>(() => picture.Draw(surface.Canvas, SKRect.Create(8, 8), new(canceled: true)));
    }

    private static byte[] Svg(string content) =>
        Encoding.UTF8.GetBytes($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">{content}</svg>""");

    private static string Clipped(string clip, string content) => $"""<clipPath id="c">{clip}</clipPath>{ClippedGroup}{content}</g>""";

    private static string InheritingGradients(int count) => string.Concat(Enumerable.Range(0, count).Select(i =>
        $"""<linearGradient id="g{i}" href="#g"/>{Rectangle}fill="url(#g{i})"/>"""));

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    /// <summary>Returns lines from top to bottom and back, most of which cross each other.</summary>
    private static string Zigzag(int lines) => "M0 0" + string.Concat(Enumerable.Range(0, lines).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"L{i * 61 % 64} {i % 2 * 64}")));
}
