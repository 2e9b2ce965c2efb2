using System.Text;
using System.Xml.Linq;
using XQr.Rendering.Logos;
using XQr.Rendering.Styled;
using XQr.Testing.Decoding;

namespace XQr.Rendering.Tests;

/// <summary>
/// SVG logos that are drawn the same in both formats are accepted, and others are rejected with a reason. Only shapes and paints reach an
/// image.
/// </summary>
public sealed class SvgLogoTests(QrReader reader)
{
    /// <summary>Files as drawing programs write them. Each logo is compared with the file as resvg draws it.</summary>
    public static TheoryData<string> Drawings =>
    [
        """<rect width="100%" height="100%" fill="#eee"/><circle cx="32" cy="32" r="20" fill="slateblue"/>""",
        """
        <rect x="4" y="4" width="40" height="30" rx="8" fill="rgb(10%, 50%, 90%)"/>
        <ellipse cx="40" cy="44" rx="20" ry="10" style="fill:#f80;fill-opacity:.5"/>
        """,
        """<g transform="translate(32 32) rotate(30) scale(1.2,.8)"><polygon points="-20,-20 20,-20 0,20" fill="teal"/></g>""",
        """
        <g fill="none" stroke="navy" stroke-width="6" stroke-linecap="round" stroke-linejoin="bevel">
        <polyline points="8 8 32 50 56 8"/><line x1="8" y1="58" x2="56" y2="58" stroke="#c00"/></g>
        """,
        """<path fill-rule="evenodd" d="M4 4h56v56H4zM16 16v32h32V16z"/>""",
        """
        <defs><linearGradient id="a"><stop offset="0" stop-color="red"/><stop offset="100%" style="stop-color:blue"/>
        </linearGradient><linearGradient id="b" xlink:href="#a" x2="0" y2="1"/></defs><rect width="64" height="64" fill="url(#b)"/>
        """,
        """
        <radialGradient id="r" cx="32" cy="32" r="30" gradientUnits="userSpaceOnUse" gradientTransform="translate(0 8) scale(1 .75)">
        <stop stop-color="#fff"/><stop offset="1" stop-color="#063" stop-opacity=".8"/></radialGradient>
        <path d="M0 0h64v64H0z" fill="url(#r)"/>
        """,
        """
        <clipPath id="c"><circle cx="32" cy="32" r="28"/></clipPath><g clip-path="url(#c)"><path fill="#048" d="M0 0h64v64H0z"/>
        <path fill="#fc0" d="M0 32h64v8H0z"/></g>
        """,
        """
        <clipPath id="c"><circle cx="24" cy="24" r="20"/><path d="M20 20h40v40H20z"/></clipPath><clipPath id="d">
        <path d="M0 0h64v50H0z"/></clipPath><g clip-path="url(#d)">
        <path transform="rotate(5)" clip-path="url(#c)" fill="#084" stroke="#fc0" stroke-width="8" d="M10 10h50v50H10z"/></g>
        """,
        """
        <style>/* as Illustrator has it */ .st0,.st1{fill:#090} .st1{opacity:.5} #x{fill:#900}</style>
        <path class="st0" d="M0 0h30v30z"/><path class="st1" d="M34 34h30v30z"/><path id="x" d="M0 34h20v20z"/>
        """,
        """
        <defs><path id="p" d="M0 0h20v20H0z"/></defs><use href="#p" x="6" y="6" fill="green"/>
        <use xlink:href="#p" transform="translate(36 36)" fill="purple"/>
        """,
        """<g color="#369"><path fill="currentColor" d="M8 8a24 24 0 1 0 48 0"/></g><g display="none"><path d="M0 0h64v64z"/></g>""",
        """
        <linearGradient id="k"><stop color="#c00" stop-color="currentColor"/>
        <stop offset="1" color="#00c" stop-color="currentColor"/></linearGradient><path fill="url(#k)" d="M0 0h64v64H0z"/>
        """,
    ];

    public static TheoryData<string, string> Unsupported => new()
    {
        { "<text>Hello</text>", "<text> can't be drawn in every format" },
        { """<image href="https://example.com/x.png"/>""", "<image> can't be drawn" },
        { "<foreignObject/>", "<foreignObject> can't be drawn" },
        { """<path filter="url(#f)" d="M0 0h9v9z"/>""", "must not use filters" },
        { """<path style="mask:url(#m)" d="M0 0h9v9z"/>""", "must not use filters, masks" },
        { """<path fill="url(#none)" d="M0 0h9v9z"/>""", "sRGB colours and gradients" },
        { """<path fill="url(https://example.com/a.svg#b)" d="M0 0h9v9z"/>""", "sRGB colours and gradients" },
        { """<path fill="&quot;/>&lt;script>" d="M0 0h9v9z"/>""", "sRGB colours and gradients" },
        { """<path d="M0 0h9v9z&quot;/>"/>""", "a shape that can be read" },
        { """<path d="M0 0 L"/>""", "must have valid path data" },
        { """<path transform="perspective(3)" d="M0 0h9v9z"/>""", "transforms of SVG 1.1" },
        { """<style>@import url(https://example.com/x.css);</style><path d="M0 0h9v9z"/>""", "no style rules but" },
        { """<path clip-path="url(#nothing)" d="M0 0h9v9z"/>""", "must be clipped by" },
        { "<g/>", "must show something" },
        { "<g>", "well-formed" },
        { "&unknown;", "well-formed" },
    };

    [Theory, MemberData(nameof(Drawings))]
    public async Task Drawing_LooksTheSameAsTheFile(string content)
    {
        var file = Svg(content);

        var logo = TestLogos.Read(file);

        var (before, after) = (await reader.RasteriseAsync(file), await reader.RasteriseAsync(Sized(logo)));
        Assert.Equal(before.Pixels.Length, after.Pixels.Length);
        Assert.InRange(before.DifferencesFrom(after).Average(), 0, 0.25);
        Assert.Equal(logo, TestLogos.Read(logo.Bytes.ToArray()));
    }

    /// <summary>CSS keywords are case-insensitive. The rasteriser of the other tests does not support this in gradients.</summary>
    [Fact]
    public void CurrentColour_IsCaseInsensitive()
    {
        const string Content =
            """
            <linearGradient id="k"><stop color="#c00" stop-color="currentColor"/></linearGradient>
            <g color="#00c"><path fill="currentColor" d="M0 0h9v9z"/><path fill="url(#k)" d="M9 9h9v9z"/></g>
            """;

        Assert.Equal(TestLogos.Read(Svg(Content)), TestLogos.Read(Svg(Content.Replace("currentColor", "currentcolor", StringComparison.Ordinal))));
    }

    [Theory, MemberData(nameof(Drawings))]
    public async Task Drawing_IsTheSameInBothFormats(string content)
    {
        var design = new QrDesign { Logo = TestLogos.Read(Svg(content)), LogoSize = 0.24 };
        var svg = await reader.RasteriseAsync(Samples.Render(Samples.Url, design, QrFormat.Svg, 16));
        var png = await reader.RasteriseAsync(Samples.Render(Samples.Url, design, QrFormat.Png, 16));

        Assert.InRange(svg.DifferencesFrom(png).Average(), 0, 0.25);
    }

    [Theory, MemberData(nameof(Unsupported))]
    public void UnsupportedDrawing_IsRejected(string content, string expected)
    {
        Assert.Null(QrLogo.TryRead(Svg(content), out var error));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    /// <summary>Each method reads the shapes of a logo on first use, so no method requires another one first.</summary>
    [Fact]
    public void StoredLogo_IsDrawnByEveryMethodFirst()
    {
        var stored = TestLogos.Cup.Bytes;
        var matrix = Samples.Matrix(ErrorCorrection.H);
        var area = LogoArea.TryFind(matrix.Version, 0.2);

        var svg = StyledSvgRenderer.Render(matrix, new() { Logo = new(QrLogoKind.Svg, stored) }, area, 10);
        var png = StyledPngRenderer.Render(matrix, new() { Logo = new(QrLogoKind.Svg, stored) }, area, 10, CancellationToken.None);

        Assert.Equal(Samples.Render(Samples.Url, new() { Logo = new(QrLogoKind.Svg, stored) }, QrFormat.Svg, 10), svg);
        Assert.Equal(Samples.Render(Samples.Url, new() { Logo = new(QrLogoKind.Svg, stored) }, QrFormat.Png, 10), png);
    }

    [Fact]
    public void ScriptsAndUrls_AreRemoved()
    {
        var logo = TestLogos.Read(Svg(
            """
            <script>alert(1)</script><metadata>a secret</metadata><title>a secret</title><!-- a secret -->
            <a href="javascript:alert(1)"><path onclick="alert(1)" id="secret" class="secret" d="M0 0h9v9z" data-x="secret"/></a>
            """));

        var stored = Encoding.UTF8.GetString(logo.Bytes.Span);
        Assert.Equal(
            """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path fill="#000000" d="M0 0h9v9z"/></svg>""", stored);
        var image = XElement.Parse(Encoding.UTF8.GetString(Samples.Render(Samples.Url, new() { Logo = logo }, QrFormat.Svg, 10)));
        Assert.Equal(["svg", "rect", "g", "path", "path", "svg", "path"], image.DescendantsAndSelf().Select(element => element.Name.LocalName));
    }

    /// <summary>Ten uses of ten uses of …, recursion, deep nesting, and external entities are rejected.</summary>
    [Fact]
    public void DrawingThatExpands_IsRejected()
    {
        var uses = new StringBuilder("""<path id="a0" d="M0 0h9v9z"/>""");
        for (var level = 1; level < 10; level++)
        {
            uses.Append($"""<g id="a{level}">""").Insert(uses.Length, $"""<use href="#a{level - 1}"/>""", 10).Append("</g>");
        }

        Assert.Null(QrLogo.TryRead(Svg(uses.ToString()), out var many));
        Assert.Null(QrLogo.TryRead(Svg("""<g id="a"><use href="#a"/></g>"""), out var recursive));
        var groups = string.Concat(Enumerable.Repeat("<g>", 20_000)) + string.Concat(Enumerable.Repeat("</g>", 20_000));
        Assert.Null(QrLogo.TryRead(Svg(groups), out var deep));
        Assert.StartsWith("must have at most 5000 elements", many, StringComparison.Ordinal);
        Assert.All([recursive, deep], error => Assert.Equal("must have its elements nested at most 48 deep", error));
        const string External =
            """
            <!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b SYSTEM "file:///etc/passwd">]>
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">&b;</svg>
            """;
        Assert.Null(QrLogo.TryRead(Encoding.UTF8.GetBytes(External), out var entity));
        Assert.Equal("must have no entity such as &b; in text; write its value instead", entity);
    }

    private static byte[] Svg(string content) => Encoding.UTF8.GetBytes(
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="128" height="128" viewBox="0 0 64 64">
        {content}</svg>
        """);

    /// <summary>Adds the width and height of the file to a logo.</summary>
    private static byte[] Sized(QrLogo logo) => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(logo.Bytes.Span).Replace("<svg ", """<svg width="128" height="128" """, StringComparison.Ordinal));
}
