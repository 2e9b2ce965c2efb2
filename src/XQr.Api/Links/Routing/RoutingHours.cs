using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace XQr.Api.Links.Routing;

/// <summary>A part of the day in UTC, which may span midnight. An equal start and end mean the whole day.</summary>
/// <param name="Start">The first hour, 0 to 23.</param>
/// <param name="End">The hour after the last hour, 0 to 23.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RoutingHours([property: Range(0, 23)] int Start, [property: Range(0, 23)] int End)
{
    public bool Include(int hour) => Start < End ? hour >= Start && hour < End : Start == End || hour >= Start || hour < End;
}
