using XQr.Rendering.Logos;
using XQr.Rendering.Styled;
using XQr.Testing.Decoding;

namespace XQr.Rendering.Tests;

/// <summary>
/// Every style can be read in both formats. Each combination of dot style and corner style is tested with each level, text length, size from
/// 3 to 20, pair of colours, quiet zone and logo, but these are not all combined with each other.
/// </summary>
public sealed class ScanMatrixTests(QrReader reader, ITestOutputHelper output)
{
    private const int MinImages = 500;

    private static readonly string[] Texts = [Samples.Url, "https://xqr.example/campaigns/" + new string('a', 90), new('x', 500)];

    private static readonly (Rgb Foreground, Rgb Background)[] Colours =
    [
        (Rgb.Black, Rgb.White), (new(0x0B, 0x3D, 0x2E), new(0xFF, 0xF8, 0xE7)), (new(0xC0, 0x39, 0x2B), Rgb.White),
        (new(0, 0, 0xFF), new(0xFF, 0xFF, 0)), (new(0x94, 0x94, 0x94), Rgb.White),
    ];

    public static TheoryData<DotStyle, CornerStyle> Styles =>
        [.. from dots in Enum.GetValues<DotStyle>() from corners in Enum.GetValues<CornerStyle>() select (dots, corners)];

    [Fact]
    public void Matrix_IsLarge() =>
        Assert.InRange(Styles.Count * Cases(default, default).Count() * Samples.Formats.Length, MinImages, int.MaxValue);

    [Theory, MemberData(nameof(Styles))]
    public async Task Style_IsRead(DotStyle dots, CornerStyle corners)
    {
        foreach (var (text, design, moduleSize) in Cases(dots, corners))
        {
            foreach (var format in Samples.Formats)
            {
                var image = Samples.Render(text, design, format, moduleSize);

                Assert.True(await reader.ReadAsync(image) == text, $"{format}, {text.Length} characters, size {moduleSize}, {design}: not read");
            }
        }
    }

    /// <summary>
    /// A sample is enough, because each image starts a process. Codes with an alignment pattern in the centre, from version 7, have no logo:
    /// zbarimg searches for the pattern and sometimes mistakes a part of the logo for it.
    /// </summary>
    [Theory, MemberData(nameof(Styles))]
    public async Task Style_IsReadByASecondReader(DotStyle dots, CornerStyle corners)
    {
        output.WriteLine(ZBarReader.IsInstalled ? "Read by zbarimg." : "zbarimg is not installed.");
        foreach (var (text, design, moduleSize) in Cases(dots, corners).Where(one => one.ModuleSize > 3 && ZBarReader.IsInstalled).Take(6))
        {
            var sample = design with { QuietZone = 4, Logo = text == Samples.Url && design.LogoSize < 0.25 ? design.Logo : null };
            Assert.True(
                await ZBarReader.ReadAsync(Samples.Render(text, sample, QrFormat.Png, moduleSize)) == text,
                $"{text.Length} characters, size {moduleSize}, {sample}: not read");
        }
    }

    /// <summary>A logo that hides more than can be repaired makes a code unreadable. Without this the other tests would prove nothing.</summary>
    [Theory]
    [InlineData(7, true)]
    [InlineData(9, true)]
    [InlineData(17, false)]
    [InlineData(21, false)]
    public async Task LogoWithTooLargeAnArea_IsNotRead(int side, bool isRead)
    {
        var matrix = Samples.Matrix(ErrorCorrection.H);
        var area = LogoArea.Centre(matrix.Size, side);

        var svg = StyledSvgRenderer.Render(matrix, new() { Logo = TestLogos.Cup }, area, 10);

        Assert.Equal(isRead ? Samples.Url : null, await reader.ReadAsync(svg));
    }

    private static IEnumerable<(string Text, QrDesign Design, int ModuleSize)> Cases(DotStyle dots, CornerStyle corners)
    {
        var index = ((int)dots * 3) + (int)corners;
        foreach (var level in Samples.Levels)
        {
            foreach (var text in Texts)
            {
                // Steps without a common divisor with the number of values, so that all values are used.
                index += 7;
                var logoSize = (index % 4) switch { 1 => 0.15, 2 => 0.2, 3 => 0.3, _ => 0.0 };
                var design = new QrDesign
                {
                    DotStyle = dots,
                    CornerStyle = corners,
                    ErrorCorrection = level,
                    Foreground = Colours[index % 5].Foreground,
                    Background = Colours[index % 5].Background,
                    QuietZone = 1 + (index % 4),
                    Logo = logoSize == 0 ? null : TestLogos.All[index % TestLogos.All.Count],
                    LogoSize = logoSize == 0 ? 0.2 : logoSize,
                };
                yield return (text, design, 3);
                yield return (text, design, text.Length > 100 ? 4 + (index % 3) : 4 + (index % 17));
            }
        }
    }
}
