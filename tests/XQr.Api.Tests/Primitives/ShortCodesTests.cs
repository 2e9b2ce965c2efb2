using XQr.Api.Primitives;

namespace XQr.Api.Tests.Primitives;

public sealed class ShortCodesTests
{
    [Theory]
    [InlineData("abc")]
    [InlineData("A-1")]
    [InlineData("Spring-Sale-2026")]
    [InlineData("a--b")]
    public void WellFormed_IsAccepted(string code) => Assert.True(ShortCodes.IsWellFormed(code));

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("-abc")]
    [InlineData("abc-")]
    [InlineData("a_b")]
    [InlineData("a.b")]
    [InlineData("äbc")]
    [InlineData("a b")]
    public void Malformed_IsRefused(string code) => Assert.False(ShortCodes.IsWellFormed(code));

    [Fact]
    public void Length_EndsAtSixtyFour()
    {
        Assert.True(ShortCodes.IsWellFormed(new string('a', 64)));
        Assert.False(ShortCodes.IsWellFormed(new string('a', 65)));
    }

    [Theory]
    [InlineData("api")]
    [InlineData("API")]
    [InlineData("robots")]
    [InlineData("www")]
    public void Reserved_InAnyCase(string code) => Assert.True(ShortCodes.IsReserved(code));

    [Fact]
    public void New_SevenCharactersWithoutLookAlikes()
    {
        var seed = CreationSeed.New(DateTimeOffset.UnixEpoch);
        var codes = Enumerable.Range(0, 2_000).Select(_ => ShortCodes.New(seed)).ToList();

        Assert.All(codes, code => Assert.Equal(7, code.Length));
        Assert.Equal("23456789abcdefghjkmnpqrstuvwxyz", string.Concat(codes.SelectMany(code => code).Distinct().Order()));
        Assert.Equal(codes.Count, codes.Distinct().Count());
    }
}
