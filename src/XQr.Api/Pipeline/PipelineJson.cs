using System.Text.Json.Serialization;
using XQr.Api.Primitives;
using XQr.Api.Storage;

namespace XQr.Api.Pipeline;

/// <summary>The JSON of errors and pages.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcSecondsConverter)])]
[JsonSerializable(typeof(ErrorEnvelope))]
[JsonSerializable(typeof(FieldError))]
[JsonSerializable(typeof(Page))]
[JsonSerializable(typeof(WholePage))]
internal sealed partial class PipelineJson : JsonSerializerContext
{
    /// <summary>Gets the context with the options of the API.</summary>
    public static PipelineJson Api => field ??= new(ApiJson.OptionsFrom(Default.Options));
}
