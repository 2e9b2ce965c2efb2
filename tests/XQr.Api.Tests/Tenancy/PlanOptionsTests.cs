using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Tenancy;

namespace XQr.Api.Tests.Tenancy;

/// <summary>Tests the plans that the configuration sets.</summary>
public sealed class PlanOptionsTests
{
    private static readonly string[] Limits =
        ["ApiKeys", "CallsPerMonth", "BurstPerSecond", "LinksPerMonth", "DynamicQr", "QrTemplates", "BioPages", "StorageMb", "WebhookEndpoints"];

    public static TheoryData<Plan, string> EveryLimit => [.. from plan in Enum.GetValues<Plan>() from limit in Limits select (plan, limit)];

    public static TheoryData<Plan, string> EveryFeature =>
        [.. from plan in Enum.GetValues<Plan>() from feature in Enum.GetNames<PlanFeature>() select (plan, feature)];

    [Theory]
    [InlineData(Plan.Free, 0, 0, 0, 50, 25, 3, 1, 50, 0)]
    [InlineData(Plan.Pro, 2, 1_000, 10, 5_000, 500, 100, 25, 500, 3)]
    [InlineData(Plan.Business, 10, 25_000, 50, 50_000, 10_000, 1_000, 250, 5_000, 20)]
    [InlineData(Plan.Enterprise, null, 100_000, 200, null, null, null, null, null, null)]
    public void Defaults(Plan plan, params int?[] expected) =>
        Assert.Equal(expected, Limits.Select(limit => LimitOf(Read([]), plan, limit)));

    [Theory]
    [MemberData(nameof(EveryLimit))]
    public void EveryLimit_CanBeSetAndTakenAway(Plan plan, string limit)
    {
        Assert.Equal(7, LimitOf(Read(new() { [$"Xqr:Plans:{plan}:{limit}"] = "7" }), plan, limit));
        Assert.Equal(0, LimitOf(Read(new() { [$"Xqr:Plans:{plan}:{limit}"] = "0" }), plan, limit));
        Assert.Null(LimitOf(Read(new() { [$"Xqr:Plans:{plan}:{limit}"] = "-1" }), plan, limit));

        // Nothing else changes.
        var (before, after) = (Read([]), Read(new() { [$"Xqr:Plans:{plan}:{limit}"] = "7" }));
        Assert.All(
            from other in Enum.GetValues<Plan>() from name in Limits where (other, name) != (plan, limit) select (other, name),
            entry => Assert.Equal(LimitOf(before, entry.other, entry.name), LimitOf(after, entry.other, entry.name)));
    }

    [Theory]
    [MemberData(nameof(EveryFeature))]
    public void EveryFeature_CanBeSet(Plan plan, string feature)
    {
        foreach (var value in (bool[])[true, false])
        {
            var plans = Read(new() { [$"Xqr:Plans:{plan}:Features:{feature}"] = $"{value}" });

            Assert.Equal(value, plans[plan].Features.Has(Enum.Parse<PlanFeature>(feature)));
        }
    }

    [Fact]
    public void NullInAFile_IsNoLimit()
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes("""{"Xqr":{"Plans":{"Pro":{"LinksPerMonth":null,"ApiKeys":4}}}}"""));
        var plans = Bind(new ConfigurationBuilder().AddJsonStream(file));

        Assert.Null(plans.Pro.LinksPerMonth);
        Assert.Equal((4, 500), (plans.Pro.ApiKeys, plans.Pro.DynamicQr));
    }

    private static int? LimitOf(PlansOptions plans, Plan plan, string limit) => (int?)typeof(PlanOptions).GetProperty(limit)!.GetValue(plans[plan]);

    private static PlansOptions Read(Dictionary<string, string?> settings) => Bind(new ConfigurationBuilder().AddInMemoryCollection(settings));

    private static PlansOptions Bind(IConfigurationBuilder configuration)
    {
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration.Build()).AddTenancy().BuildServiceProvider();
        return services.GetRequiredService<PlansOptions>();
    }
}
