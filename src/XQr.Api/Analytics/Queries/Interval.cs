using System.Text.Json;
using System.Text.Json.Serialization;

namespace XQr.Api.Analytics.Queries;

/// <summary>The time that one point of a timeseries covers.</summary>
[JsonConverter(typeof(IntervalConverter))]
internal enum Interval
{
    /// <summary>A UTC hour.</summary>
    Hour,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A week, which begins on Monday (ISO 8601).</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,
}

/// <summary>Writes intervals as strings.</summary>
internal sealed class IntervalConverter() : JsonStringEnumConverter<Interval>(JsonNamingPolicy.SnakeCaseLower);
