using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using XQr.Api.Pipeline;

namespace XQr.Api.Links.Routing;

/// <summary>Leads some visitors of a link somewhere else. This is how the API shows a rule and how it is stored.</summary>
/// <param name="Destination">Where to: an absolute http or https URL of at most 2,048 characters, without user name or password.</param>
/// <param name="Priority">Rules are tried from the lowest up, 0 to 1,000,000; those of the same one in their order.</param>
/// <param name="Conditions">For whom and when: all of them must hold. Without any the rule always holds.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RoutingRule(
    [property: HttpUrl, StringLength(Destinations.MaxLength)] string Destination,
    [property: Optional, Range(0, RoutingRule.MaxPriority)] int Priority,
    [property: Optional] RoutingConditions Conditions)
{
    public const int MaxPriority = 1_000_000;

    /// <summary>The destination as a Location header carries it.</summary>
    [JsonIgnore]
    public string Location { get; } = Destinations.ToLocation(Destination);
}
