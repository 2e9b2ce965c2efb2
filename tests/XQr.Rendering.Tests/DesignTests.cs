using System.Text;

namespace XQr.Rendering.Tests;

public sealed class DesignTests
{
    [Fact]
    public void Defaults_AreThoseOfTheContract()
    {
        var design = new QrDesign();

        Assert.Equal(("#000000", "#FFFFFF"), (design.Foreground.ToString(), design.Background.ToString()));
        Assert.Equal((ErrorCorrection.M, 1), (design.ErrorCorrection, design.QuietZone));
        Assert.Equal(QrDesign.Default, design);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(17)]
    public void QuietZoneOutsideItsRange_IsRejected(int quietZone) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new QrDesign { QuietZone = quietZone });

    [Theory]
    [InlineData("#000", "#000000")]
    [InlineData("#fA3", "#FFAA33")]
    [InlineData("#0b3D2e", "#0B3D2E")]
    [InlineData("#FFFFFF", "#FFFFFF")]
    public void Colour_IsKeptAsSixDigits(string text, string kept)
    {
        Assert.True(Rgb.TryParse(text, out var colour));
        Assert.Equal(kept, colour.ToString());
        Span<byte> utf8 = stackalloc byte[7];
        Assert.True(colour.TryFormat(utf8, out var written, default, null));
        Assert.Equal(kept, Encoding.ASCII.GetString(utf8[..written]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("000000")]
    [InlineData("#0000")]
    [InlineData("#00000")]
    [InlineData("#0000000")]
    [InlineData("#00000000")]
    [InlineData("#00G")]
    [InlineData("#-01")]
    [InlineData("#+01")]
    [InlineData("# 01")]
    [InlineData("#01 ")]
    [InlineData("#0\0\0")]
    [InlineData(" #000")]
    [InlineData("#٣٣٣")]
    [InlineData("#\"/>")]
    [InlineData("red")]
    [InlineData("rgb(0,0,0)")]
    public void OtherText_IsRejected(string? text) => Assert.False(Rgb.TryParse(text, out _));

    [Fact]
    public void BufferTooShortForAColour_IsRejected() => Assert.False(Rgb.White.TryFormat(new byte[6], out _, default, null));
}
