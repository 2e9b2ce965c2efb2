using System.Text.Json;
using System.Text.Json.Serialization;

namespace XQr.Api.Links.Routing;

/// <summary>What a rule's countries mean.</summary>
[JsonConverter(typeof(CountryModeConverter))]
internal enum CountryMode
{
    /// <summary>The rule is for visitors from them.</summary>
    Include,

    /// <summary>The rule is for visitors from anywhere else, those from an unknown country included.</summary>
    Exclude,
}

internal sealed class CountryModeConverter() : JsonStringEnumConverter<CountryMode>(JsonNamingPolicy.SnakeCaseLower);
