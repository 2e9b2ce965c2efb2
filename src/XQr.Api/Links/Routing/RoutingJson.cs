using System.Text.Json.Serialization;
using XQr.Api.Primitives;

namespace XQr.Api.Links.Routing;

/// <summary>The stored JSON of routing rules, which is that of the API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcSecondsConverter)])]
[JsonSerializable(typeof(IReadOnlyList<RoutingRule>))]
internal sealed partial class RoutingJson : JsonSerializerContext
{
    /// <summary>Gets the context with the options of the API.</summary>
    public static RoutingJson Api => field ??= new(ApiJson.OptionsFrom(Default.Options));
}
