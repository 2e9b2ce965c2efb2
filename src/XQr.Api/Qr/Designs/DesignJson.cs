using System.Text.Json.Serialization;
using XQr.Api.Primitives;

namespace XQr.Api.Qr.Designs;

/// <summary>The JSON of designs in rows and in the keys of images.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Design))]
internal sealed partial class DesignJson : JsonSerializerContext
{
    /// <summary>Gets the context with the options of the API.</summary>
    public static DesignJson Api => field ??= new(ApiJson.OptionsFrom(Default.Options));
}
