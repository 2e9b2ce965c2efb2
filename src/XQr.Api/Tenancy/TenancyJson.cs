using System.Text.Json.Serialization;
using XQr.Api.Primitives;

namespace XQr.Api.Tenancy;

/// <summary>The JSON of stored audit entries.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcSecondsConverter)])]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class TenancyJson : JsonSerializerContext
{
    /// <summary>Gets the context with the options of the API.</summary>
    public static TenancyJson Api => field ??= new(ApiJson.OptionsFrom(Default.Options));
}
