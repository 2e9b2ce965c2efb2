using System.Net;
using XQr.Api.Links.Routing;

namespace XQr.Api.Tests.Links.Routing;

public sealed class RoutingRulesTests
{
    private static readonly Guid Link = new("0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40");
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("DE", null, true)]
    [InlineData("DE", CountryMode.Include, true)]
    [InlineData("DE", CountryMode.Exclude, false)]
    [InlineData("FR", null, false)]
    [InlineData("FR", CountryMode.Include, false)]
    [InlineData("FR", CountryMode.Exclude, true)]
    [InlineData("ZZ", null, false)]
    [InlineData("ZZ", CountryMode.Include, false)]
    [InlineData("ZZ", CountryMode.Exclude, true)]
    internal void Countries_UnknownIsNeverIncludedAndAlwaysExcluded(string country, CountryMode? mode, bool holds) =>
        Assert.Equal(holds, Holds(new(Countries: ["AT", "DE"], CountryMode: mode), Visitor(country)));

    [Theory]
    [InlineData("mobile", true)]
    [InlineData("tablet", true)]
    [InlineData("desktop", false)]
    public void DeviceTypes_AnyOfThem(string device, bool holds) =>
        Assert.Equal(holds, Holds(new(DeviceTypes: ["mobile", "tablet"]), Visitor(device: device)));

    [Theory]
    [InlineData(9, 17, "9 10 11 12 13 14 15 16")]
    [InlineData(22, 2, "0 1 22 23")]
    [InlineData(23, 0, "23")]
    [InlineData(0, 1, "0")]
    [InlineData(5, 5, "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23")]
    [InlineData(0, 0, "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23")]
    public void Hours_FromStartUpToEndOverMidnight(int start, int end, string hours) => Assert.Equal(
        hours,
        string.Join(
            ' ', Enumerable.Range(0, 24).Where(hour => Holds(new(Hours: new(start, end)), Visitor(), new(2026, 3, 1, hour, 59, 59, TimeSpan.Zero)))));

    [Fact]
    public void Hours_AreUtc()
    {
        var oneInTokyo = new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.FromHours(9));

        Assert.True(Holds(new(Hours: new(16, 17)), Visitor(), oneInTokyo));
        Assert.False(Holds(new(Hours: new(1, 2)), Visitor(), oneInTokyo));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void ExpiresAt_HoldsUntilThen(int seconds, bool holds) =>
        Assert.Equal(holds, Holds(new(ExpiresAt: Noon), Visitor(), Noon.AddSeconds(seconds)));

    [Fact]
    public void NoConditions_AlwaysHold() => Assert.True(Holds(new(), Visitor("ZZ", "desktop")));

    [Theory]
    [InlineData("FR", "mobile", 12)]
    [InlineData("DE", "desktop", 12)]
    [InlineData("DE", "mobile", 18)]
    [InlineData("DE", "mobile", 12, 1.0)]
    [InlineData("DE", "mobile", 12, 100.0, -1)]
    public void AllConditions_MustHold(string country, string device, int hour, double percentage = 100, int expiresIn = 1)
    {
        Assert.True(Holds(Conditions(100, 1), Visitor("DE", "mobile"), Noon));
        Assert.False(Holds(Conditions(percentage, expiresIn), Visitor(country, device), Noon.AddHours(hour - 12)));

        static RoutingConditions Conditions(double percentage, int expiresIn) => new(
            ["DE"], CountryMode.Include, ["mobile"], new(9, 17), percentage, Noon.AddHours(expiresIn));
    }

    [Fact]
    public void FirstThatHolds_ByPriorityThenByPlace()
    {
        var rules = new RoutingRules(
        [
            Rule("late", 9),
            Rule("french", 1, new(Countries: ["FR"])),
            Rule("first of five", 5),
            Rule("second of five", 5),
        ]);

        Assert.Equal("french", rules.Choose(Link, Visitor("FR"), Noon)?.Destination);
        Assert.Equal("first of five", rules.Choose(Link, Visitor("DE"), Noon)?.Destination);
        Assert.Equal(["late", "french", "first of five", "second of five"], rules.All.Select(rule => rule.Destination));
    }

    [Fact]
    public void NoneHolds_Null()
    {
        Assert.Null(new RoutingRules([Rule("french", 0, new(Countries: ["FR"]))]).Choose(Link, Visitor("DE"), Noon));
        Assert.Null(RoutingRules.None.Choose(Link, Visitor(), Noon));
    }

    [Fact]
    public void Equality_ByValue()
    {
        Assert.Equal(Rules("DE", 5), Rules("DE", 5));
        Assert.Equal(Rules("DE", 5).GetHashCode(), Rules("DE", 5).GetHashCode());
        Assert.NotEqual(Rules("DE", 5), Rules("AT", 5));
        Assert.NotEqual(Rules("DE", 5), Rules("DE", 6));
        Assert.NotEqual(Rules("DE", 5), RoutingRules.None);
        Assert.Equal(RoutingRules.None, RoutingRules.FromJson([]));
        Assert.Equal(Rules("DE", 5), RoutingRules.FromJson(Rules("DE", 5).ToJson()));

        static RoutingRules Rules(string country, int percentage) =>
            new([Rule("https://a.example/", 1, new([country], CountryMode.Exclude, ["tablet"], new(1, 2), percentage, Noon))]);
    }

    private static bool Holds(RoutingConditions conditions, RoutingVisitor visitor, DateTimeOffset? now = null) =>
        new RoutingRules([Rule("https://a.example/", 0, conditions)]).Choose(Link, visitor, now ?? Noon) is not null;

    private static RoutingRule Rule(string destination, int priority, RoutingConditions? conditions = null) =>
        new(destination, priority, conditions ?? new());

    private static RoutingVisitor Visitor(string country = "DE", string device = "mobile") =>
        new(country, device, IPAddress.Parse("192.0.2.7"), "Mozilla/5.0");
}
