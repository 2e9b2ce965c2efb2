using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace XQr.Api.Links.Routing;

/// <summary>When a rule holds; what is null doesn't matter.</summary>
/// <param name="Countries">ISO 3166-1 alpha-2 codes, in capitals, each once, at least one.</param>
/// <param name="CountryMode">Whether the visitor must be in one of the countries (the default) or in none of them.</param>
/// <param name="DeviceTypes">Of <c>mobile</c>, <c>tablet</c> and <c>desktop</c>, each once, at least one.</param>
/// <param name="Hours">The hours of the day, in UTC.</param>
/// <param name="Percentage">
/// The share of visitors, over 0 and at most 100. Each visitor has one fixed number for each link, and the rule holds for those
/// below the percentage. So the percentages of a link's rules are thresholds on the same scale: a rule with 30, then one with 60,
/// divide visitors into 30 % for the first, 30 % for the second, and 40 % for what comes after.
/// </param>
/// <param name="ExpiresAt">Until when the rule holds.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RoutingConditions(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Countries = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CountryMode? CountryMode = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? DeviceTypes = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RoutingHours? Hours = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Range(0, 100)] double? Percentage = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ExpiresAt = null)
{
    /// <summary>The device types that there are.</summary>
    public static IReadOnlyList<string> Devices { get; } = ["mobile", "tablet", "desktop"];

    /// <summary>Whether all conditions hold. An unknown country is in no list of countries. What is costly is asked last.</summary>
    public bool Matches(Guid linkId, RoutingVisitor visitor, DateTimeOffset now) =>
        !(ExpiresAt <= now)
        && (Hours is null || Hours.Include(now.UtcDateTime.Hour))
        && (DeviceTypes is null || DeviceTypes.Contains(visitor.Device, StringComparer.Ordinal))
        && (Countries is null || Countries.Contains(visitor.Country, StringComparer.Ordinal) == (CountryMode is not Routing.CountryMode.Exclude))
        && (Percentage is null || visitor.ShareOf(linkId) < Percentage);
}
