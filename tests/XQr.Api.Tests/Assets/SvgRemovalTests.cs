using System.Text;
using XQr.Api.Assets;

namespace XQr.Api.Tests.Assets;

/// <summary>Tests of what the sanitizer keeps, what it removes and lists, and what it rejects with a reason.</summary>
public sealed class SvgRemovalTests
{
    private const string TooManyElements = "must draw at most 1000000 elements";

    public static TheoryData<string, string[]> Removed => new()
    {
        { "<script>1</script><script>2</script>", ["element <script>"] },
        { "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>", ["element <foreignObject>"] },
        { "<p xmlns='http://www.w3.org/1999/xhtml'/>", ["element <p>"] },
        { "<animate attributeName='href' to='#a'/>", ["element <animate>"] },
        { "<g onclick='a()' tabindex='1'/>", ["attribute onclick", "attribute tabindex"] },
        { "<g xml:base='https://example.com/'/>", ["attribute xml:base"] },
        { "<use href='https://example.com/a.svg#a'/>", ["value of href"] },
        { "<g fill='image(a.png)'/>", ["value of fill"] },
        { "<g style='fill:red;mask:image-set(url(a) 1x);behavior:url(#a);-inkscape-x:1'/>", ["value of mask", "style property behavior"] },
        {
            "<style>@import 'a.css'; @media print{a{fill:red}} .a[b]{fill:red} .b{fill:attr(x)}</style>",
            ["style rule @import 'a.css'", "style rule @media print", "style rule .a[b]", "value of fill", "style rule .b"]
        },
        { $"<g {new string('a', 200)}='1'/>", [$"attribute {new string('a', 70)}…"] },
    };

    /// <summary>Gets parts that have no visible effect.</summary>
    public static TheoryData<string> Invisible =>
    [
        "<metadata>a</metadata><!-- a --><?a b?>",
        "<i:view xmlns:i='urn:a' i:b='c'/><g xmlns:i='urn:a' i:b='c' data-name='Layer 1'/>",
        "<g style='' class='a'/><style></style>",
    ];

    /// <summary>Gets filters (Filter Effects 1), colours (CSS Color 4) and other parts of SVG 2.</summary>
    public static TheoryData<string> Kept =>
    [
        "<feComponentTransfer>"
            + "<feFuncA type='gamma' slope='2' intercept='.1' amplitude='1' exponent='2' offset='0' tableValues='0 1' />"
            + "</feComponentTransfer>",
        "<filter filterRes='100' x='0' y='0' width='1' height='1'>"
            + "<feTurbulence type='turbulence' baseFrequency='.1 .2' numOctaves='3' seed='1' stitchTiles='stitch' result='a' />"
            + "</filter>",
        "<feConvolveMatrix order='3' kernelMatrix='1 0 0 0 1 0 0 0 1' divisor='1' bias='0' targetX='1' targetY='1' "
            + "edgeMode='wrap' kernelUnitLength='1' preserveAlpha='true' />",
        "<feSpecularLighting surfaceScale='1' specularConstant='1' specularExponent='2' lighting-color='white'>"
            + "<feSpotLight x='1' y='1' z='1' pointsAtX='1' pointsAtY='1' pointsAtZ='1' specularExponent='2' limitingConeAngle='9' />"
            + "</feSpecularLighting>",
        "<feDisplacementMap in='a' in2='b' scale='1' xChannelSelector='R' yChannelSelector='G' />"
            + "<feComposite operator='arithmetic' k1='1' k2='1' k3='1' k4='1' /><feMorphology operator='dilate' radius='2' />",
        "<g fill='rgb(0 0 0 / 50%)' stroke='hsl(120deg 50% 50%)' /><g fill='oklch(60% 0.1 200)' /><g fill='lab(50% 1 2)' />"
            + "<g fill='color(display-p3 1 0 0)' /><g fill='color-mix(in oklab, red, blue)' /><g fill='hwb(1 2% 3%)' />",
        "<g style='--main:#f00;fill:var(--main, red);FILL:red;transform:rotateX(9deg);clip-path:inset(1px round 2px)' />",
        "<switch><g requiredExtensions='http://ns.adobe.com/AdobeIllustrator/10.0/' requiredFeatures='a' systemLanguage='en' /></switch>",
        "<style type='text/css' media='print'>.a{fill:oklch(60% 0.1 200)}</style>",
        "<path stroke-dasharray='1' pathLength='1' d='M0 0h9' /><path stroke-dasharray='4 2' d='M0 0h9' />",
    ];

    public static TheoryData<string, string> Rejected => new()
    {
        { Nested("pattern", "fill"), TooManyElements },
        { Nested("mask", "mask"), TooManyElements },
        { Nested("marker", "marker-mid"), TooManyElements },
        { Nested("pattern", "style"), TooManyElements },
        { $"<style>.a{{fill:url(#a)}}</style><pattern id='a'>{Many("<g/>", 1_000)}</pattern>{Many("<path class='a'/>", 1_000)}", TooManyElements },
        {
            $"<pattern id='a'>{Many("<g/>", 1_000)}</pattern>"
                + $"<g fill='url(#a)'><g id='b'>{Many("<path/>", 10)}</g>{Many("<use href='#b'/>", 100)}</g>",
            TooManyElements
        },
        { $"<filter id='a'>{Many("<feBlend/>", 1_000)}</filter>{Many("<path filter='url(#a)'/>", 1_000)}", TooManyElements },
        { $"<marker id='a'>{Many("<g/>", 100)}</marker><path marker-mid='url(#a)' d='M0 0{Many("h1", 50_000)}'/>", TooManyElements },
        { "<feTurbulence numOctaves='1000'/>", "must have no number over 10 in numOctaves" },
        { "<feGaussianBlur stdDeviation='1 1e9'/>", "must have no number over 2000 in stdDeviation" },
        {
            "<feGaussianBlur><animate attributeName='stdDeviation' values='1;99999'/></feGaussianBlur>",
            "must have no number over 2000 in stdDeviation"
        },
        { "<feMorphology radius='9999'/>", "must have no number over 500 in radius" },
        { "<g style='filter:blur(99999px)'/>", "must have no number over 10000 in filter" },
        { "<style>g{filter:blur(99999px)}</style><g/>", "must have no number over 10000 in filter" },
        { "<filter width='9999' height='1'/>", "must have no filter region over 20" },
        { "<filter width='99999%' height='1'/>", "must have no filter region over 2000" },
        { "<filter filterUnits='userSpaceOnUse' width='1e9' height='1'/>", "must have no filter region over 100000" },
        { "<g stroke-dasharray='.00001 .00001'/>", "must have longer dashes" },
        { "<g style='stroke-dasharray:.00001'/>", "must have longer dashes" },
        { "<path pathLength='1e9' stroke-dasharray='1'/>", "must have longer dashes" },
        { $"<g stroke-dasharray='{Many("1 ", 1_000)}'/>", "at most 256 numbers" },
        { Many("<g>", 120) + Many("</g>", 120), "nested at most 100 deep" },
        { "<text>&a;</text>", "well-formed XML: it is not at line 1" },
        { new string(' ', SvgSanitizer.MaxBytes), "must have at most 5242880 bytes" },
    };

    [Theory, MemberData(nameof(Removed))]
    public void RemovedPart_IsListed(string content, string[] expected) => Assert.Equal(expected, Sanitize(content).Removed);

    [Theory, MemberData(nameof(Invisible))]
    public void InvisiblePart_IsNotListed(string content) => Assert.Empty(Sanitize(content).Removed);

    [Fact]
    public void ManyParts_AreListedUpToALimit()
    {
        var removed = Sanitize(string.Concat(Enumerable.Range(0, 1_000).Select(i => $"<x{i}/>"))).Removed;

        Assert.Equal((20, "element <x18>", "and others"), (removed.Count, removed[18], removed[19]));
    }

    [Theory, MemberData(nameof(Kept))]
    public void VisiblePart_StaysAndNothingIsListed(string content)
    {
        var result = Sanitize(content);

        Assert.Contains(content.Replace('\'', '"'), Encoding.UTF8.GetString(result.Image!), StringComparison.Ordinal);
        Assert.Empty(result.Removed);
    }

    [Theory, MemberData(nameof(Rejected))]
    public void Bomb_IsRejectedWithItsReason(string content, string expected)
    {
        var result = Sanitize(content);

        Assert.Null(result.Image);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void OrdinaryDrawing_IsWithinTheLimits() => Assert.NotNull(Sanitize(
        "<style>.a{fill:url(#p)}.b{fill:url(#g);stroke-dasharray:2}</style><linearGradient id='g'><stop/><stop/></linearGradient>"
        + "<pattern id='p'><path d='M0 0h1'/></pattern><marker id='m'><path d='M0 0h1'/></marker>"
        + "<filter id='f'><feGaussianBlur stdDeviation='4'/><feOffset/></filter>"
        + Many("<path class='a b' d='M0 0h1' marker-end='url(#m)'/>", 5_000) + Many("<g filter='url(#f)'><path fill='url(#g)'/></g>", 500)).Image);

    [Theory]
    [InlineData("<html xmlns='http://www.w3.org/1999/xhtml'/>", "must begin with an element svg of the namespace http://www.w3.org/2000/svg")]
    [InlineData("<svg/>", "must begin with an element svg of the namespace http://www.w3.org/2000/svg")]
    [InlineData("", "must be well-formed XML: it is not at line")]
    [InlineData("<?xml version='1.0' encoding='x'?><svg/>", "must be in UTF-8, or declare")]
    [InlineData(
        "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&a;</text></svg>",
        "must have no entity such as &a; in text")]
    public void OtherFile_IsRejectedWithItsReason(string document, string expected) =>
        Assert.StartsWith(expected, SvgSanitizer.Sanitize(Encoding.UTF8.GetBytes(document)).Error, StringComparison.Ordinal);

    /// <summary>Creates ten parts, each with ten elements that the part before draws.</summary>
    private static string Nested(string element, string attribute)
    {
        var levels = Enumerable.Range(1, 10).Select(level =>
            $"<{element} id='p{level}'>{Many($"<path {attribute}='{(attribute == "style" ? "fill:" : "")}url(#p{level - 1})'/>", 10)}</{element}>");
        return $"<{element} id='p0'><path/></{element}>{string.Concat(levels)}<path {attribute}='{(attribute == "style" ? "fill:" : "")}url(#p10)'/>";
    }

    private static string Many(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static SvgResult Sanitize(string content) =>
        SvgSanitizer.Sanitize(Encoding.UTF8.GetBytes($"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100'>{content}</svg>"));
}
