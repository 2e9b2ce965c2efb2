using XQr.Api.Assets;

namespace XQr.Api.Tests.Assets;

public sealed class AssetFieldsTests
{
    [Theory]
    [InlineData("logo.png")]
    [InlineData("Über größe «1».svg")]
    [InlineData("شعار.png")]
    [InlineData("family 👨‍👩‍👧.png")]
    [InlineData("می‌خواهم.pdf")]
    [InlineData("a \"quoted\" 100%.txt")]
    public void Filename_IsValid(string filename) => Assert.Null(AssetFields.ValidateFilename(filename));

    /// <summary>The first one shows as <c>logoexe.png</c>.</summary>
    [Theory]
    [InlineData("logo\u202Egnp.exe")]
    [InlineData("a\u202Db")]
    [InlineData("a\u2066b\u2069")]
    [InlineData("a\u200Fb")]
    [InlineData("a\u061Cb")]
    [InlineData("a\u2028b")]
    [InlineData("a\uFEFFb")]
    [InlineData("a\u200Bb")]
    [InlineData("a\u0085b")]
    [InlineData("a\tb")]
    [InlineData("a\uD83Db")]
    public void HiddenCharacter_IsRejected(string filename)
    {
        Assert.Contains("direction of text", AssetFields.ValidateFilename(filename), StringComparison.Ordinal);
        Assert.Null(AssetFields.ValidateFilename(AssetFields.WithoutHidden(filename)));
    }
}
