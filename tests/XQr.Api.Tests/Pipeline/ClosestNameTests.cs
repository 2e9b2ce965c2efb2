using XQr.Api.Pipeline;

namespace XQr.Api.Tests.Pipeline;

public sealed class ClosestNameTests
{
    private static readonly string[] Known = ["limit", "offset", "label", "enabled", "link_id"];

    [Theory]
    [InlineData("lable", "label")]
    [InlineData("Label", "label")]
    [InlineData("labels", "label")]
    [InlineData("linkId", "link_id")]
    [InlineData("ofset", "offset")]
    [InlineData("sort", null)]
    [InlineData("", null)]
    public void TypingError_IsRecognised(string name, string? expected) => Assert.Equal(expected, ClosestName.Find(name, Known));

    [Fact]
    public void LongName_IsNotCompared()
    {
        Assert.Null(ClosestName.Find(new string('l', 100_000), Known));
        Assert.NotNull(ClosestName.Nearest(new string('l', 100_000), Known));
        Assert.Null(ClosestName.Find("label", []));
    }
}
