using System.Text.Json.Serialization;
using XQr.Api.Primitives;

namespace XQr.Api.Health;

/// <summary>The JSON of health checks.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcSecondsConverter)])]
[JsonSerializable(typeof(HealthResponse))]
internal sealed partial class HealthJson : JsonSerializerContext
{
    /// <summary>Gets the context with the options of the API.</summary>
    public static HealthJson Api => field ??= new(ApiJson.OptionsFrom(Default.Options));
}
