using CsCheck;
using XQr.Api.Redirects.UserAgents;

namespace XQr.Api.Tests.Redirects.UserAgents;

/// <summary>Strings made to be expensive or odd: each must be answered, and the parts that rules look for bring the rules to run.</summary>
public sealed class HostileTests
{
    private static readonly UserAgentReader Agents = new(TimeProvider.System);

    private static readonly string[] Parts =
    [
        "a", "A1", " ", "1.", "/1", "; ", "((", "_", "-", "\\", "é", "\u0661", "\ud83d",
        "Mobile", "Mozilla", "Version/1.1", "Safari ", "Chrome/1.1.1.1 ",
        "Firefox/1.", "Android ", "android", "Windows NT ", "CFNetwork/1 Darwin/", "[FB;", "iPhone", "iPad;CPU OS", "HbbTV/1.1.1 (", "Opera Mobi ",
        "AppleWebKit/1.1 ", "x86_64 1.1.1 Chrome", "Linux 1.1", "Obigo", "Macintosh", "Black", "UCWEB", "Symbian/3", "ArcGIS", "cubot",
    ];

    [Fact]
    public void RepeatedParts_AreAnswered()
    {
        foreach (var first in Parts)
        {
            foreach (var second in Parts)
            {
                AssertAnswered("Mozilla/5.0 " + string.Concat(Enumerable.Repeat(first + second, 10_000 / (first.Length + second.Length))));
                AssertAnswered("Mozilla/5.0 " + string.Concat(Enumerable.Repeat(first, 100)) + string.Concat(Enumerable.Repeat(second, 400)));
            }
        }
    }

    [Fact]
    public void MixedParts_AreAnswered() =>
        Gen.Int[0, Parts.Length - 1].Select(index => Parts[index]).Array[1, 200].Sample(
            parts => AssertAnswered("Mozilla/5.0 " + string.Concat(parts)), iter: 2_000);

    [Fact]
    public void AnyText_IsAnswered() => Gen.String.Sample(AssertAnswered, iter: 2_000);

    private static void AssertAnswered(string userAgent)
    {
        var agent = Agents.Read(userAgent);

        Assert.Contains(agent.Device, (string[])["desktop", "mobile", "tablet"]);
        Assert.InRange(agent.Browser.Length, 1, 64);
        Assert.InRange(agent.Os.Length, 1, 64);
    }
}
