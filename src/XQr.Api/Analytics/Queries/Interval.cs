using System.Text.Json;
using System.Text.Json.Serialization;

namespace XQr.Api.Analytics.Queries;

/// <summary>The time that one point of a timeseries covers.</summary>
[JsonConverter(typeof(IntervalConverter))]
internal enum Interval
{
    /// <summary>An hour of the clock in UTC.</summary>
    Hour,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A week, which begins on Monday (ISO 8601).</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,
}

internal sealed class IntervalConverter() : JsonStringEnumConverter<Interval>(JsonNamingPolicy.SnakeCaseLower);
