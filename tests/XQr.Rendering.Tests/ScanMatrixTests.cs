using XQr.Rendering.Logos;
using XQr.Rendering.Styled;
using XQr.Testing.Decoding;

namespace XQr.Rendering.Tests;

/// <summary>
/// Every style is read back in both formats: with each corner style, level, length of text, size from 3 to 20, colours, quiet zone and logo.
/// Not all of these with all others, but each style and corner with each of them.
/// </summary>
public sealed class ScanMatrixTests(QrReader reader, ITestOutputHelper output)
{
    private const int LeastImages = 500;

    private static readonly string[] Texts = [Samples.Url, "https://xqr.example/campaigns/" + new string('a', 90), new('x', 500)];

    private static readonly (Rgb Foreground, Rgb Background)[] Colours =
    [
        (Rgb.Black, Rgb.White), (new(0x0B, 0x3D, 0x2E), new(0xFF, 0xF8, 0xE7)), (new(0xC0, 0x39, 0x2B), Rgb.White), (new(0, 0, 0xFF), new(0xFF, 0xFF, 0)),
        (new(0x94, 0x94, 0x94), Rgb.White),
    ];

    public static TheoryData<DotStyle, CornerStyle> Styles => [.. from dots in Enum.GetValues<DotStyle>() from corners in Enum.GetValues<CornerStyle>() select (dots, corners)];

    [Fact]
    public void Matrix_IsLarge() => Assert.InRange(Styles.Count * Cases(default, default).Count() * Samples.Formats.Length, LeastImages, int.MaxValue);

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
    /// A sample, since each image is a process. Codes with an alignment pattern in the middle, from version 7 on, go without a logo: zbarimg looks
    /// for the pattern and at times takes a part of the logo for it.
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

    /// <summary>That a logo hides no more than can be repaired proves something only if one that hides more can't be read.</summary>
    [Theory]
    [InlineData(7, true)]
    [InlineData(9, true)]
    [InlineData(17, false)]
    [InlineData(21, false)]
    public async Task LogoWithTooMuchRoom_IsNotRead(int side, bool isRead)
    {
        var matrix = Samples.Matrix(ErrorCorrection.H);
        var room = LogoRoom.Middle(matrix.Size, side);

        var svg = StyledSvgRenderer.Render(matrix, new() { Logo = TestLogos.Cup }, room, 10);

        Assert.Equal(isRead ? Samples.Url : null, await reader.ReadAsync(svg));
    }

    private static IEnumerable<(string Text, QrDesign Design, int ModuleSize)> Cases(DotStyle dots, CornerStyle corners)
    {
        var index = ((int)dots * 3) + (int)corners;
        foreach (var level in Samples.Levels)
        {
            foreach (var text in Texts)
            {
                // Steps that have no divisor in common with what they go round in, so that all meet.
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
