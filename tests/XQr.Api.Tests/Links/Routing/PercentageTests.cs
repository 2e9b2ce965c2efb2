using System.Net;
using XQr.Api.Links.Routing;
using XQr.Testing;

namespace XQr.Api.Tests.Links.Routing;

/// <summary>Ten thousand visitors, as near to each other as people behind one provider.</summary>
public sealed class PercentageTests
{
    private static readonly Guid Link = new("0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40");
    private static readonly Guid NextLink = new("0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a41");

    private static readonly RoutingVisitor[] Visitors =
        [.. Enumerable.Range(0, 10_000)
            .Select(index => new IPAddress([10, 0, (byte)(index >> 8), (byte)index]))
            .Select(address => new RoutingVisitor("DE", "desktop", address, Answers.Browser))];

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(50)]
    [InlineData(99)]
    public void Percentage_SplitsWithinTwoPoints(double percentage) =>
        Assert.InRange(Share([("a", percentage)], "a"), percentage - 2, percentage + 2);

    [Fact]
    public void Hundred_IsEverybody() => Assert.Equal(100, Share([("a", 100)], "a"));

    [Fact]
    public void Rules_AreThresholdsOnOneScale()
    {
        (string, double)[] rules = [("a", 30), ("b", 60)];

        Assert.InRange(Share(rules, "a"), 28, 32);
        Assert.InRange(Share(rules, "b"), 28, 32);
        Assert.InRange(Share(rules, null), 38, 42);
    }

    [Fact]
    public void UserAgents_SplitWhereAllHaveOneAddress()
    {
        var visitors = Enumerable.Range(0, 10_000).Select(index => Visitors[0] with { UserAgent = $"Mozilla/5.0 {index}" });

        Assert.InRange(visitors.Count(visitor => visitor.ShareOf(Link) < 50) / 100d, 48, 52);
    }

    [Fact]
    public void RuleChanged_NobodyMovesWhoNeedNot()
    {
        // The first grows from 30 to 40 %: it wins those from 30 to 40, all from the second; everybody else stays.
        var (before, after) = (Choices([("a", 30), ("b", 60)]), Choices([("a", 40), ("b", 60)]));

        Assert.All(before.Zip(after).Where(pair => pair.First != pair.Second), pair => Assert.Equal(("b", "a"), pair));
        Assert.InRange(before.Zip(after).Count(pair => pair.First != pair.Second) / 100d, 8, 12);

        // The second goes: only those that it had move.
        Assert.All(before.Zip(Choices([("a", 30)])).Where(pair => pair.First != pair.Second), pair => Assert.Equal(("b", null), pair));
    }

    [Fact]
    public void Links_SplitIndependently()
    {
        var both = Visitors.Count(visitor => visitor.ShareOf(Link) < 50 && visitor.ShareOf(NextLink) < 50);

        Assert.InRange(both / 100d, 23, 27);
    }

    [Fact]
    public void Share_IsTheSameForEver()
    {
        Assert.Equal(64.373671509697, new RoutingVisitor("DE", "mobile", IPAddress.Parse("192.0.2.7"), "Mozilla/5.0").ShareOf(Link), tolerance: 1e-9);
        Assert.Equal(
            86.813370562586, new RoutingVisitor("FR", "tablet", IPAddress.Parse("2001:db8::7"), "Mozilla/5.0").ShareOf(Link), tolerance: 1e-9);
        Assert.Equal(47.076552926641, new RoutingVisitor("ZZ", "desktop", null, "").ShareOf(Link), tolerance: 1e-9);
    }

    private static double Share((string Destination, double Percentage)[] rules, string? destination) =>
        Choices(rules).Count(choice => choice == destination) * 100d / Visitors.Length;

    private static string?[] Choices((string Destination, double Percentage)[] rules)
    {
        var routing = new RoutingRules(
            [.. rules.Select((rule, index) => new RoutingRule(rule.Destination, index, new(Percentage: rule.Percentage)))]);
        return [.. Visitors.Select(visitor => routing.Choose(Link, visitor, DateTimeOffset.UnixEpoch)?.Destination)];
    }
}
