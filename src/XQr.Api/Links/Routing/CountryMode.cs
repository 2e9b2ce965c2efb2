using System.Text.Json;
using System.Text.Json.Serialization;

namespace XQr.Api.Links.Routing;

/// <summary>The meaning of a rule's countries.</summary>
[JsonConverter(typeof(CountryModeConverter))]
internal enum CountryMode
{
    /// <summary>The rule matches visitors from the countries.</summary>
    Include,

    /// <summary>The rule matches visitors from all other countries, including unknown ones.</summary>
    Exclude,
}

internal sealed class CountryModeConverter() : JsonStringEnumConverter<CountryMode>(JsonNamingPolicy.SnakeCaseLower);
