using System.Globalization;
using System.Text;
using SkiaSharp;
using XQr.Rendering.Logos;
using XQr.Rendering.Logos.Vector;

namespace XQr.Rendering.Tests;

/// <summary>The work of reading and of drawing an SVG logo is bounded, whatever a small file asks for. Nothing here measures time.</summary>
public sealed class LogoWorkTests
{
    private const string Rectangle = """<rect width="64" height="64" """;

    /// <summary>Files of a few kilobytes, most of which would take minutes.</summary>
    public static TheoryData<string, string> TooMuch => new()
    {
        { $"""<path d="{Zigzag(40_000)}"/>""", "too long to draw" },
        { $"""<clipPath id="c"><path d="{Zigzag(1_500)}"/></clipPath><g clip-path="url(#c)">{Repeat($"{Rectangle}/>", 500)}</g>""", "too long to draw" },
        { $"""<clipPath id="c"><path d="M0 0h9v9z"/><path d="M9 9h9v9z"/></clipPath><g clip-path="url(#c)">{Repeat($"{Rectangle}/>", 500)}</g>""", "too long to draw" },
        { $"""<radialGradient id="g"><stop/></radialGradient>{Repeat($"""{Rectangle}fill="url(#g)"/>""", 100)}""", "too long to draw" },
        { $"""<path fill="none" stroke="red" stroke-width="60" stroke-linejoin="round" d="{Zigzag(9_000)}"/>""", "too long to draw" },
        { Repeat($"{Rectangle}/>", 2_000), "too long to draw" },
        { $"""<linearGradient id="g">{Repeat("<stop/>", 6_000)}</linearGradient>{Rectangle}fill="url(#g)"/>""", "at most 5000 elements" },
        { $"""<linearGradient id="g">{Repeat("<stop/>", 400)}</linearGradient>{string.Concat(Enumerable.Range(0, 20).Select(i => $"""<linearGradient id="g{i}" href="#g"/>{Rectangle}fill="url(#g{i})"/>"""))}""", "at most 5000 elements" },
        { $"""<clipPath id="c">{Repeat("<path d=\"M0 0h1v1z\"/>", 6_000)}</clipPath>{Rectangle}clip-path="url(#c)"/>""", "at most 5000 elements" },
        { $"""<clipPath id="c"><path d="{Zigzag(60_000)}"/></clipPath>{Rectangle}clip-path="url(#c)"/>""", "256 KiB" },
        { $"""<path id="p" d="M0 0h9{new string(' ', 500_000)}v9z"/>{Repeat("""<use href="#p"/>""", 20)}""", "4 MiB" },
        { $"""<path id="p" class="{Repeat("a ", 250_000)}" d="M0 0h9v9z"/>{Repeat("""<use href="#p"/>""", 20)}""", "4 MiB" },
        { $$"""<style>{{Repeat(".a,", 500)}}.b{{{Repeat("fill:red;", 500)}}}</style>{{Rectangle}}class="a"/>""", "declarations" },
        { $$"""<style>.a{{{Repeat("fill:red;", 15_000)}}}</style>{{Repeat($"{Rectangle}class=\"a\"/>", 20)}}""", "style settings" },
        { $"{Rectangle}/>{Repeat("<a/>", 250_000)}", "200000 tags" },
        { $"""<clipPath id="c"><path d="M0 0h9v9z"/></clipPath>{Repeat("""<g clip-path="url(#c)">""", 9)}{Rectangle}/>{Repeat("</g>", 9)}""", "at most 8 clip paths" },
        { """<path transform="scale(3e38) scale(3e38)" d="M0 0h9v9z"/>""", "transforms" },
        { """<g transform="scale(1e30)"><path transform="scale(1e30)" d="M0 0h9v9z"/></g>""", "transforms" },
    };

    [Theory, MemberData(nameof(TooMuch))]
    public void DrawingThatTakesTooMuch_IsRefusedWithItsReason(string content, string expected)
    {
        Assert.Null(QrLogo.TryRead(Svg(content), out var fault));
        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    /// <summary>Uniting the two parts would take minutes; drawing them one after the other doesn't.</summary>
    [Fact]
    public void ClipOfCrossingParts_IsDrawnWithoutUnitingThem()
    {
        var file = Svg($"""<clipPath id="c"><path d="{Zigzag(1_500)}"/><path transform="rotate(90 32 32)" d="{Zigzag(1_500)}"/></clipPath>{Rectangle}clip-path="url(#c)"/>""");

        Assert.InRange(VectorWork.Estimate(SvgReader.TryRead(file, out _)!)!.Value, 100, VectorWork.Max / 4);
        Assert.IsType<QrOutcome.Image>(QrRenderer.Render(Samples.Url, new() { Logo = TestLogos.Read(file) }, QrFormat.Png, 20));
    }

    /// <summary>Neither a thousand small shapes nor a detailed outline are much.</summary>
    [Fact]
    public void OrdinaryDrawings_AreFarFromTheLimit()
    {
        string[] drawings =
        [
            File.ReadAllText(TestLogos.PathOf("cup.svg")),
            Encoding.UTF8.GetString(Svg(string.Concat(Enumerable.Range(0, 2_000).Select(i => $"""<circle cx="{i % 64}" cy="{i / 64}" r="1" stroke="red"/>""")))),
            Encoding.UTF8.GetString(Svg($"""<path d="M0 0{Repeat("c1 1 2 -1 1 2c.5 -1 -.5 -2 -1 -2", 4_000)}"/>""")),
        ];

        Assert.All(drawings, drawing => Assert.InRange(VectorWork.Estimate(SvgReader.TryRead(Encoding.UTF8.GetBytes(drawing), out _)!)!.Value, 0, VectorWork.Max / 3));
    }

    /// <summary>What is kept has an element for each clip of each shape, and is read by the same limits.</summary>
    [Theory]
    [InlineData(2_300, true)]
    [InlineData(3_000, false)]
    public void LogoThatIsTaken_CanBeReadAgain(int shapes, bool isTaken)
    {
        var logo = QrLogo.TryRead(
            Svg($"""<clipPath id="c"><path d="M0 0h60v60z"/></clipPath><g clip-path="url(#c)">{Repeat("""<rect width="1" height="1"/>""", shapes)}</g>"""), out _);

        Assert.Equal(isTaken, logo is not null);
        Assert.True(logo is null || logo.Equals(TestLogos.Read(logo.Bytes.ToArray())));
    }

    /// <summary>Logos that were kept before there was such a limit.</summary>
    [Theory]
    [InlineData(QrFormat.Png)]
    [InlineData(QrFormat.Svg)]
    public void KeptLogoOverTheLimit_IsToldInsteadOfDrawn(QrFormat format)
    {
        var logo = new QrLogo(QrLogoKind.Svg, Svg(Repeat($"{Rectangle}/>", 2_000)));

        var refused = Assert.IsType<QrOutcome.LogoRefused>(QrRenderer.Render(Samples.Url, new() { Logo = logo }, format, 10));
        Assert.Contains("too long to draw", refused.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void CancelledDrawing_EndsBeforeTheNextShape()
    {
        using var picture = new VectorPicture(SvgReader.TryRead(Svg($"{Rectangle}/>"), out _)!);
        using var surface = SKSurface.Create(new SKImageInfo(8, 8));

        Assert.Throws<OperationCanceledException>(() => picture.Draw(surface.Canvas, SKRect.Create(8, 8), new(canceled: true)));
    }

    private static byte[] Svg(string content) => Encoding.UTF8.GetBytes($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">{content}</svg>""");

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    /// <summary>Lines from top to bottom and back, most of which cross each other.</summary>
    private static string Zigzag(int lines) => "M0 0" + string.Concat(Enumerable.Range(0, lines).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"L{i * 61 % 64} {i % 2 * 64}")));
}
