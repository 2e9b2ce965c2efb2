using System.Text.Json.Serialization;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;

namespace XQr.Api.Assets;

/// <summary>The JSON of assets.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcSecondsConverter)])]
[JsonSerializable(typeof(Envelope<AssetResponse>))]
[JsonSerializable(typeof(ListEnvelope<AssetResponse>))]
[JsonSerializable(typeof(Envelope<PresignResponse>))]
[JsonSerializable(typeof(PresignRequest))]
[JsonSerializable(typeof(UpdateAssetRequest))]
internal sealed partial class AssetJson : JsonSerializerContext
{
    /// <summary>Gets the context with the options of the API.</summary>
    public static AssetJson Api => field ??= new(ApiJson.OptionsFrom(Default.Options));
}
