using System.Text;
using System.Xml.Linq;
using XQr.Testing;

namespace XQr.Rendering.Tests;

public sealed class StyleTests
{
    public static TheoryData<string, QrFormat> Cases => [.. from name in Designs.Keys from format in Samples.Formats select (name, format)];

    private static Dictionary<string, QrDesign> Designs { get; } = new()
    {
        ["square-dot"] = new() { CornerStyle = CornerStyle.Dot },
        ["rounded-rounded"] = new() { DotStyle = DotStyle.Rounded, CornerStyle = CornerStyle.Rounded, QuietZone = 2 },
        ["dots-dot"] = new() { DotStyle = DotStyle.Dots, CornerStyle = CornerStyle.Dot, Foreground = new(0x12, 0x34, 0x56) },
        ["classy-square"] = new() { DotStyle = DotStyle.Classy, QuietZone = 0 },
        ["dots-square"] = new() { DotStyle = DotStyle.Dots, ErrorCorrection = ErrorCorrection.Q },
        ["classy-rounded-logo"] = new() { DotStyle = DotStyle.Classy, CornerStyle = CornerStyle.Rounded, Logo = TestLogos.Cup, LogoSize = 0.24 },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Style_IsTheApprovedOne(string name, QrFormat format) =>
        Approved.Verify(Samples.Render(Samples.Url, Designs[name], format, 8), $"{name}.{format}".ToLowerInvariant());

    [Theory, MemberData(nameof(ScanMatrixTests.Styles), MemberType = typeof(ScanMatrixTests))]
    public void Svg_IsTwoPathsOfFewBytes(DotStyle dots, CornerStyle corners)
    {
        var svg = Samples.Render(Samples.Url, new() { DotStyle = dots, CornerStyle = corners }, QrFormat.Svg, 10);

        var paths = XElement.Parse(Encoding.UTF8.GetString(svg)).Descendants().Count(element => element.Name.LocalName == "path");
        Assert.InRange(paths, 1, 2);
        Assert.InRange(svg.Length, 1, 10_500);
    }

    /// <summary>The image is drawn in several bands.</summary>
    [Fact]
    public void LargeImage_IsDeterministic()
    {
        var design = new QrDesign { DotStyle = DotStyle.Rounded, QuietZone = QrDesign.MaxQuietZone, ErrorCorrection = ErrorCorrection.L };

        var image = Samples.Render(new('x', 1_200), design, QrFormat.Png, QrRenderer.MaxModuleSize);

        using var codec = SkiaSharp.SKCodec.Create(new MemoryStream(image));
        Assert.InRange(codec.Info.Width, 7_000, 8_500);
        Assert.Equal(image, Samples.Render(new('x', 1_200), design, QrFormat.Png, QrRenderer.MaxModuleSize));
    }

    [Theory]
    [InlineData((DotStyle)4, CornerStyle.Square)]
    [InlineData(DotStyle.Rounded, (CornerStyle)3)]
    public void UnknownStyle_IsRejected(DotStyle dots, CornerStyle corners) => Assert.Throws<ArgumentOutOfRangeException>(
        () => QrRenderer.Render(Samples.Url, new() { DotStyle = dots, CornerStyle = corners }, QrFormat.Svg, 10));
}
