using System.Net;
using XQr.Api.Analytics.Visitors;

namespace XQr.Api.Tests.Analytics.Visitors;

public sealed class VisitorTraitsTests
{
    private static readonly byte[] Salt = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    /// <summary>From another implementation (Python's hmac), so that instances of another version know the same visitors.</summary>
    [Fact]
    public void Number_IsThatOfTheDocumentedHash() =>
        Assert.Equal(0x1E875D360BC7DB17UL, new VisitorTraits(IPAddress.Parse("192.0.2.1"), "Mozilla/5.0").NumberOf(Salt, "ws_1"));

    [Fact]
    public void Number_DependsOnEverything()
    {
        var traits = new VisitorTraits(IPAddress.Parse("192.0.2.1"), "Mozilla/5.0");
        ulong[] numbers =
        [
            traits.NumberOf(Salt, "ws_1"),
            traits.NumberOf(Salt, "ws_2"),
            traits.NumberOf([.. Salt.Reverse()], "ws_1"),
            (traits with { UserAgent = "Mozilla/5.1" }).NumberOf(Salt, "ws_1"),
            (traits with { Address = IPAddress.Parse("192.0.2.2") }).NumberOf(Salt, "ws_1"),
            (traits with { Address = IPAddress.Parse("2001:db8::1") }).NumberOf(Salt, "ws_1"),
        ];

        Assert.Equal(numbers.Length, numbers.Distinct().Count());
    }

    [Fact]
    public void Text_TellsNothing() => Assert.Equal("VisitorTraits", $"{new VisitorTraits(IPAddress.Parse("192.0.2.1"), "Mozilla/5.0")}");
}
