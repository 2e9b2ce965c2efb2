using System.Globalization;
using System.Text;
using System.Xml.Linq;
using XQr.Api.Assets;

namespace XQr.Api.Tests.Assets;

public sealed class SvgSanitizerTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly string[] UnsafeElements =
        ["script", "foreignObject", "handler", "iframe", "embed", "object", "audio", "video", "feImage"];

    public static TheoryData<string> Contents => [.. SvgVectors.Contents];

    public static TheoryData<string> Documents => [.. SvgVectors.Documents];

    [Theory]
    [MemberData(nameof(Contents))]
    public void Vector_IsRemovedAndTheImageStays(string content)
    {
        var clean = Sanitize(SvgVectors.Image(content));

        Assert.NotNull(clean);
        AssertSafe(clean);
        Assert.Equal(
            "9",
            (string?)XDocument.Parse(clean).Descendants(Svg + "rect").Single(rect => (string?)rect.Attribute("id") == "kept").Attribute("width"));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_IsRejectedOrSafe(string document)
    {
        if (Sanitize(document) is { } clean)
        {
            AssertSafe(clean);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("no image")]
    [InlineData("<svg/>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'>&unknown;</svg>")]
    [InlineData("<html xmlns='http://www.w3.org/1999/xhtml'/>")]
    public void OtherDocument_IsRejected(string document) => Assert.Null(Sanitize(document));

    [Fact]
    public void InvalidUtf8_IsRejected() =>
        Assert.Null(SvgSanitizer.Sanitize((byte[])[.. "<svg xmlns='http://www.w3.org/2000/svg'><title>"u8, 0xE9, .. "</title></svg>"u8]).Image);

    [Fact]
    public void TooLarge_IsRejected() => Assert.Null(Sanitize(SvgVectors.Image(new string(' ', SvgSanitizer.MaxBytes))));

    [Theory]
    [InlineData("#a{0}", 5, true)]
    [InlineData("#a{0}", 6, false)]
    [InlineData("#a{0}", 30, false)]
    [InlineData(" #%61{0} ", 30, false)]
    public void CopiesOfCopies_AreLimited(string reference, int levels, bool isAllowed)
    {
        var groups = Enumerable.Range(1, levels).Select(level =>
        {
            var use = $"<use href='{string.Format(CultureInfo.InvariantCulture, reference, level - 1)}'/>";
            return $"<g id='a{level}'>{string.Concat(Enumerable.Repeat(use, 10))}</g>";
        });

        Assert.Equal(isAllowed, Sanitize(SvgVectors.Image($"<rect id='a0'/>{string.Concat(groups)}")) is not null);
    }

    [Fact]
    public void CopiesInTheOldForm_AreCounted()
    {
        var groups = Enumerable.Range(1, 20).Select(level => $"<g id='a{level}'><use x:href='#a{level - 1}'/><use x:href='#a{level - 1}'/></g>");

        Assert.Null(Sanitize(SvgVectors.Image($"<g xmlns:x='http://www.w3.org/1999/xlink'><rect id='a0'/>{string.Concat(groups)}</g>")));
    }

    /// <summary>Each group is copied by an element with a second reference, to nothing. Viewers use one or the other.</summary>
    [Theory]
    [InlineData("href='#{0}' x:href='#nothing'")]
    [InlineData("href='#nothing' x:href='#{0}'")]
    [InlineData("x:href='#{0}' href='#nothing'")]
    [InlineData("x:href='#nothing' href='#{0}'")]
    public void CopiesInBothForms_AreCounted(string references)
    {
        var groups = Enumerable.Range(1, 30).Select(level =>
            $"<g id='g{level}'><use href='#a{level - 1}'/><use href='#a{level - 1}'/></g>"
            + $"<use id='a{level}' {string.Format(CultureInfo.InvariantCulture, references, $"g{level}")}/>");

        Assert.Null(Sanitize(SvgVectors.Image($"<g xmlns:x='http://www.w3.org/1999/xlink'><rect id='a0'/>{string.Concat(groups)}</g>")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ChainOfCopies_IsRejectedWithoutDeepRecursion(bool lastFirst)
    {
        var links = Enumerable.Range(1, 50_000).Select(level => $"<g id='a{level}'><use href='#a{level - 1}'/></g>");

        Assert.Null(Sanitize(SvgVectors.Image(string.Concat(lastFirst ? links.Reverse() : links))));
    }

    [Fact]
    public void OrdinaryCopies_Stay()
    {
        var icons = string.Concat(Enumerable.Repeat("<use href='#icon'/><use href='#nothing'/>", 5_000));

        Assert.Contains("#icon", Sanitize(SvgVectors.Image($"<symbol id='icon'><path d='M0 0h1v1z'/></symbol>{icons}")), StringComparison.Ordinal);
    }

    [Fact]
    public void CopiesOfThemselves_AreLeftToTheViewer() =>
        Assert.NotNull(Sanitize(SvgVectors.Image("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/><use href='#b'/></g>")));

    [Theory]
    [InlineData(90, true)]
    [InlineData(110, false)]
    [InlineData(200_000, false)]
    public void TooDeep_IsRejected(int depth, bool isAllowed) => Assert.Equal(
        isAllowed, Sanitize(
            SvgVectors.Image(string.Concat(Enumerable.Repeat("<g>", depth)) + string.Concat(Enumerable.Repeat("</g>", depth)))) is not null);

    /// <summary>Each would take hours if the time grew with the square of the length.</summary>
    [Theory]
    [InlineData("a(")]
    [InlineData("url(")]
    [InlineData("(")]
    [InlineData("rgb(")]
    [InlineData("a")]
    [InlineData(" ")]
    [InlineData("a{b:c}")]
    [InlineData("/*")]
    [InlineData("{;")]
    public void LongStyle_TakesLinearTime(string part)
    {
        var style = string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length));

        Assert.NotNull(Sanitize(SvgVectors.Image($"<style>{style}</style><g style='fill:{style}' fill='{style}'/>")));
    }

    [Fact]
    public void Utf16_BecomesUtf8()
    {
        const string Document = "<?xml version='1.0' encoding='UTF-16'?><svg xmlns='http://www.w3.org/2000/svg'><text>ĝ</text></svg>";

        var result = SvgSanitizer.Sanitize((byte[])[.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Document)]);

        Assert.Contains("<text>ĝ</text>", Encoding.UTF8.GetString(result.Image!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""<path d="M0 0h9v9z" fill="#f00" fill-rule="evenodd" stroke="rgb(1, 2, 3)" transform="translate(1 2)rotate(45)" />""")]
    [InlineData("""<g class="a b" style="fill:red;stroke:url(#g)"><title>A &lt;title&gt;</title></g>""")]
    [InlineData("""<style>.a,#b&gt;g:first-child{fill:url("#g");stroke-width:2px}rect{opacity:.5}</style>""")]
    [InlineData(
        """<defs><linearGradient id="g" gradientUnits="userSpaceOnUse" x1="0" x2="1">"""
        + """<stop offset="0" stop-color="#000" /></linearGradient></defs>""")]
    [InlineData("""<use href="#g" x="1" /><use xlink:href="#g" xmlns:xlink="http://www.w3.org/1999/xlink" />""")]
    [InlineData("""<clipPath id="c"><circle r="1" /></clipPath><rect clip-path="url(#c)" mask="url('#m')" filter="url(#f)" />""")]
    [InlineData("""<filter id="f"><feGaussianBlur in="SourceAlpha" stdDeviation="2" /><feMerge><feMergeNode /></feMerge></filter>""")]
    [InlineData("""<text x="1" font-family="'DejaVu Sans', sans-serif" xml:space="preserve"> a  <tspan dx="1">b</tspan> c</text>""")]
    [InlineData("""<circle r="1"><animate attributeName="r" values="1;2;1" dur="0:02" repeatCount="indefinite" /></circle>""")]
    [InlineData($"""<image width="1" height="1" href="data:image/png;base64,{SvgVectors.Pixel}" />""")]
    public void Drawing_IsUnchanged(string content) => Assert.Contains(
        content, Sanitize($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{content}</svg>""")!, StringComparison.Ordinal);

    [Theory]
    [InlineData(
        """<?xml version="1.0" encoding="iso-8859-1" standalone="no"?>"""
        + """<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">""")]
    [InlineData("<!DOCTYPE svg [ <!ENTITY unused 'a'> ]> <!-- made by a drawing program -->")]
    public void Prolog_IsSkipped(string prolog) =>
        Assert.StartsWith("<svg", Sanitize(prolog + SvgVectors.Image(""))!, StringComparison.Ordinal);

    [Fact]
    public void Result_IsUnchangedTheNextTime() => Assert.All(SvgVectors.Contents, content =>
    {
        var clean = Sanitize(SvgVectors.Image(content))!;

        Assert.Equal(clean, Sanitize(clean));
    });

    private static string? Sanitize(string svg) =>
        SvgSanitizer.Sanitize(Encoding.UTF8.GetBytes(svg)).Image is { } clean ? Encoding.UTF8.GetString(clean) : null;

    /// <summary>Checks against a list of unsafe names, while the sanitizer has a list of safe ones.</summary>
    private static void AssertSafe(string svg)
    {
        Assert.DoesNotContain("evil", svg, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<!", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("<?", svg, StringComparison.Ordinal);
        Assert.All(XDocument.Parse(svg).Descendants(), element =>
        {
            Assert.Equal(Svg, element.Name.Namespace);
            Assert.DoesNotContain(element.Name.LocalName, UnsafeElements);
            Assert.All(element.Attributes(), attribute =>
            {
                Assert.False(attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
                Assert.True(attribute.Name.LocalName != "href" || attribute.Value[0] == '#' || attribute.Value.StartsWith(
                    "data:image/png;base64,", StringComparison.Ordinal));
            });
        });
    }
}
