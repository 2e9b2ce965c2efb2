using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using XQr.Api.Pipeline;

namespace XQr.Api.Links.Routing;

/// <summary>The conditions of a rule; null matches every visitor.</summary>
/// <param name="Countries">At least one ISO 3166-1 alpha-2 code, in capitals, each once.</param>
/// <param name="CountryMode">The mode: visitors from these countries (the default) or from all others.</param>
/// <param name="DeviceTypes">At least one of <c>mobile</c>, <c>tablet</c> and <c>desktop</c>, each once.</param>
/// <param name="Hours">The hours of the day, in UTC.</param>
/// <param name="Percentage">
/// The share of visitors, over 0 and at most 100: each visitor has a fixed number for a link, and the rule matches numbers below the
/// percentage. The percentages of a link's rules are thresholds on one scale: 30, then 60, give 30 % of visitors to the first rule, 30 %
/// to the second and 40 % to the rest.
/// </param>
/// <param name="ExpiresAt">The time the rule expires.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RoutingConditions(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: ItemCount(RoutingConditions.MaxItems, Min = 1, ErrorMessage = RoutingConditions.ItemsRule)]
    IReadOnlyList<string>? Countries = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: EnumDataType(typeof(CountryMode), ErrorMessage = "must be include or exclude")]
    CountryMode? CountryMode = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: ItemCount(RoutingConditions.MaxItems, Min = 1, ErrorMessage = RoutingConditions.ItemsRule)]
    IReadOnlyList<string>? DeviceTypes = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RoutingHours? Hours = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [property: Range(0, 100, ErrorMessage = RoutingConditions.PercentageRule)]
    double? Percentage = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ExpiresAt = null)
{
    /// <summary>The rule for a percentage, as the end of a sentence that begins with its name.</summary>
    public const string PercentageRule = "must be a number over 0, at most 100";

    private const string ItemsRule = "must have at least one item";

    /// <summary>More than the number of countries: duplicates count once.</summary>
    private const int MaxItems = 500;

    /// <summary>Gets the device types.</summary>
    public static IReadOnlyList<string> Devices { get; } = ["mobile", "tablet", "desktop"];

    /// <summary>
    /// Returns whether all conditions match. An unknown country is in no list of countries. The costly condition comes last.
    /// </summary>
    public bool Matches(Guid linkId, RoutingVisitor visitor, DateTimeOffset now) =>
        !(ExpiresAt <= now)
        && (Hours is null || Hours.Include(now.UtcDateTime.Hour))
        && (DeviceTypes is null || DeviceTypes.Contains(visitor.Device, StringComparer.Ordinal))
        && (Countries is null || Countries.Contains(visitor.Country, StringComparer.Ordinal) == (CountryMode is not Routing.CountryMode.Exclude))
        && (Percentage is null || visitor.ShareOf(linkId) < Percentage);
}

/// <summary>The meaning of a rule's countries.</summary>
[JsonConverter(typeof(CountryModeConverter))]
internal enum CountryMode
{
    /// <summary>The rule matches visitors from the countries.</summary>
    Include,

    /// <summary>The rule matches visitors from all other countries, including unknown ones.</summary>
    Exclude,
}

/// <summary>A part of the day in UTC, which may span midnight. An equal start and end mean the whole day.</summary>
/// <param name="Start">The first hour, 0 to 23.</param>
/// <param name="End">The hour after the last hour, 0 to 23.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RoutingHours([property: Range(0, 23)] int Start, [property: Range(0, 23)] int End)
{
    /// <summary>Returns whether an hour is in this part of the day.</summary>
    public bool Include(int hour) => Start < End ? hour >= Start && hour < End : Start == End || hour >= Start || hour < End;
}

internal sealed class CountryModeConverter() : JsonStringEnumConverter<CountryMode>(JsonNamingPolicy.SnakeCaseLower);
