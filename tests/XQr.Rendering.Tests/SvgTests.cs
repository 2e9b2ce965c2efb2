using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace XQr.Rendering.Tests;

public sealed class SvgTests
{
    public static TheoryData<string, string> OddNumbers => new()
    {
        { "−", "," },
        { "minus ", "٫" },
        { "\"><script>", "<" },
    };

    [Fact]
    public void Svg_IsOnePathOnABackground()
    {
        var svg = XElement.Parse(Encoding.UTF8.GetString(Render()));

        Assert.Equal("{http://www.w3.org/2000/svg}svg", svg.Name.ToString());
        Assert.Equal("270", svg.Attribute("width")?.Value);
        Assert.Equal("270", svg.Attribute("height")?.Value);
        Assert.Equal("0 -.5 27 27", svg.Attribute("viewBox")?.Value);
        Assert.Equal(["rect", "path"], svg.Elements().Select(element => element.Name.LocalName));
        Assert.Matches(@"^(M\d+ \d+h\d+(m\d+ 0h\d+)*){25}$", svg.Elements().Last().Attribute("d")?.Value);
    }

    [Fact]
    public void Svg_IsSmall() => Assert.InRange(Render().Length, 1, 1_300);

    [Theory, MemberData(nameof(OddNumbers))]
    public void Numbers_DoNotDependOnTheCulture(string negativeSign, string decimalSeparator)
    {
        var expected = Render();
        var before = CultureInfo.CurrentCulture;
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NegativeSign = negativeSign;
        odd.NumberFormat.NumberDecimalSeparator = decimalSeparator;
        try
        {
            CultureInfo.CurrentCulture = odd;
            Assert.StartsWith(negativeSign, (-1).ToString(CultureInfo.CurrentCulture), StringComparison.Ordinal);

            Assert.Equal(expected, Render());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void LargestSvg_Fits()
    {
        var data = new string('x', 2_953);

        var svg = Samples.Render(data, new() { ErrorCorrection = ErrorCorrection.L, QuietZone = QrDesign.MaxQuietZone }, QrFormat.Svg, 50);

        Assert.Equal("10450", XElement.Parse(Encoding.UTF8.GetString(svg)).Attribute("width")?.Value);
    }

    private static byte[] Render() => SvgRenderer.Render(Samples.Matrix(), QrDesign.Default, 10);
}
