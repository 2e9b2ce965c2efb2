namespace XQr.Rendering.Tests;

public sealed class ContrastTests
{
    [Theory]
    [InlineData("#000000", "#FFFFFF", 21)]
    [InlineData("#FFFFFF", "#000000", 21)]
    [InlineData("#777777", "#FFFFFF", 4.47)]
    [InlineData("#FF0000", "#FFFFFF", 3.99)]
    [InlineData("#0000FF", "#FFFFFF", 8.59)]
    [InlineData("#123456", "#123456", 1)]
    public void Ratio_IsThatOfWcag(string one, string other, double ratio) =>
        Assert.Equal(ratio, Contrast.Ratio(Colour(one), Colour(other)), tolerance: 0.01);

    [Theory]
    [InlineData("#000000", "#FFFFFF")]
    [InlineData("#0B3D2E", "#FFF8E7")]
    [InlineData("#949494", "#FFFFFF")]
    public void ColoursThatScan_HaveNoError(string foreground, string background) =>
        Assert.Null(Contrast.Validate(Colour(foreground), Colour(background)));

    [Theory]
    [InlineData("#FFFFFF", "#FFFFFF", "contrast ratio of at least 3 to background_color, or it would not scan; it has 1")]
    [InlineData("#969696", "#FFFFFF", "it has 2.95")]
    [InlineData("#000000", "#333333", "it has 1.66")]
    [InlineData("#FFFFFF", "#000000", "must be darker")]
    public void ColoursThatDoNotScan_HaveAnError(string foreground, string background, string expected) =>
        Assert.Contains(expected, Contrast.Validate(Colour(foreground), Colour(background)), StringComparison.Ordinal);

    private static Rgb Colour(string text)
    {
        Assert.True(Rgb.TryParse(text, out var colour));
        return colour;
    }
}
