using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using XQr.Api.Pipeline;

namespace XQr.Api.Links.Routing;

/// <summary>A rule that sends some visitors of a link to another destination.</summary>
/// <param name="Destination">
/// The destination: an absolute http or https URL of at most 2,048 characters, without user name or password.
/// </param>
/// <param name="Priority">The priority, 0 to 1,000,000: the lowest is tried first, and equal ones in their order.</param>
/// <param name="Conditions">The conditions, all of which must match. A rule without conditions matches every visitor.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RoutingRule(
    [property: HttpUrl, StringLength(Destinations.MaxLength)] string Destination,
    [property: Optional, Range(0, RoutingRule.MaxPriority)] int Priority,
    [property: Optional] RoutingConditions Conditions)
{
    public const int MaxPriority = 1_000_000;

    /// <summary>Gets the destination in the form of a Location header.</summary>
    [JsonIgnore]
    public string Location { get; } = Destinations.ToLocation(Destination);

    /// <summary>Estimates the bytes of the rule in memory.</summary>
    public long EstimateBytes()
    {
        // The rule and its conditions; an item is a short string and its reference.
        const int RuleBytes = 400;
        const int ItemBytes = 40;
        var items = (Conditions.Countries?.Count ?? 0) + (Conditions.DeviceTypes?.Count ?? 0);
        return RuleBytes + (ItemBytes * items) + (sizeof(char) * (Destination.Length + Location.Length));
    }
}
