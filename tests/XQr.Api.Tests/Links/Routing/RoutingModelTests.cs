using System.Net;
using CsCheck;
using XQr.Api.Links.Routing;

namespace XQr.Api.Tests.Links.Routing;

/// <summary>The rules against a plain reading of the contract, with as few values as make everything meet.</summary>
public sealed class RoutingModelTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<RoutingConditions> Conditions = Gen.Select(
        Maybe(Any("DE", "FR", "US").Array[1, 2].Select(codes => (IReadOnlyList<string>)codes)),
        Any<CountryMode?>(null, CountryMode.Include, CountryMode.Exclude),
        Maybe(Any("mobile", "tablet", "desktop").Array[1, 2].Select(devices => (IReadOnlyList<string>)devices)),
        Maybe(Gen.Select(Gen.Int[0, 23], Gen.Int[0, 23], (start, end) => new RoutingHours(start, end))),
        Any<double?>(null, null, 10, 50, 100),
        Gen.Int[-12, 24].Select(hour => hour < 0 ? (DateTimeOffset?)null : Midnight.AddHours(hour)),
        (countries, mode, devices, hours, percentage, expiresAt) =>
            new RoutingConditions(countries, countries is null ? null : mode, devices, hours, percentage, expiresAt));

    private static readonly Gen<RoutingRule[]> Rules = Gen.Select(Gen.Int[0, 3], Conditions).Array[0, 6]
        .Select(rules => rules.Select((rule, index) => new RoutingRule($"https://example.com/{index}", rule.Item1, rule.Item2)).ToArray());

    private static readonly Gen<(RoutingVisitor Visitor, DateTimeOffset Now)> Visits = Gen.Select(
        Any("DE", "FR", "US", "JP", "ZZ"),
        Any("mobile", "tablet", "desktop"),
        Gen.UInt,
        Gen.Int[0, (24 * 60) - 1],
        (country, device, address, minute) =>
            (new RoutingVisitor(country, device, new IPAddress(address), "Mozilla/5.0"), Midnight.AddMinutes(minute)));

    [Fact]
    public void Choice_IsTheModels() => Gen.Select(Rules, Visits, Gen.Guid).Sample((rules, visit, link) =>
        Assert.Equal(Model(rules, visit.Visitor, visit.Now, link), new RoutingRules(rules).Choose(link, visit.Visitor, visit.Now)?.Destination));

    private static string? Model(RoutingRule[] rules, RoutingVisitor visitor, DateTimeOffset now, Guid link)
    {
        string? best = null;
        var lowest = int.MaxValue;
        foreach (var rule in rules)
        {
            var (c, hour) = (rule.Conditions, now.Hour);
            var country = c.Countries is null
                || (c.CountryMode == CountryMode.Exclude
                    ? visitor.Country == "ZZ" || !c.Countries.Contains(visitor.Country)
                    : visitor.Country != "ZZ" && c.Countries.Contains(visitor.Country));
            var device = c.DeviceTypes is null || c.DeviceTypes.Contains(visitor.Device);
            var hours = c.Hours is null || c.Hours.Start == c.Hours.End || HoursOf(c.Hours).Contains(hour);
            var percentage = c.Percentage is null or 100 || visitor.ShareOf(link) < c.Percentage;
            var alive = c.ExpiresAt is null || now < c.ExpiresAt;
            if (country && device && hours && percentage && alive && rule.Priority < lowest)
            {
                (best, lowest) = (rule.Destination, rule.Priority);
            }
        }

        return best;
    }

    private static IEnumerable<int> HoursOf(RoutingHours hours)
    {
        for (var hour = hours.Start; hour != hours.End; hour = (hour + 1) % 24)
        {
            yield return hour;
        }
    }

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<T?> Maybe<T>(Gen<T> gen)
        where T : class => Gen.Select(Gen.Bool, gen, (there, value) => there ? value : null);
}
