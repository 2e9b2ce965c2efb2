using System.Text.Json.Serialization;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;

namespace XQr.Api.Links;

/// <summary>The JSON of links.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcSecondsConverter)])]
[JsonSerializable(typeof(Envelope<LinkResponse>))]
[JsonSerializable(typeof(ListEnvelope<LinkResponse>))]
[JsonSerializable(typeof(ListEnvelope<LinkChange>))]
[JsonSerializable(typeof(Envelope<BulkCreateResponse>))]
[JsonSerializable(typeof(Envelope<BulkStatusResponse>))]
[JsonSerializable(typeof(Envelope<BulkUpdateResponse>))]
[JsonSerializable(typeof(Envelope<BulkDeleteResponse>))]
[JsonSerializable(typeof(CreateLinkRequest))]
[JsonSerializable(typeof(BulkCreateRequest))]
[JsonSerializable(typeof(BulkStatusRequest))]
[JsonSerializable(typeof(BulkUpdateRequest))]
[JsonSerializable(typeof(BulkDeleteRequest))]
[JsonSerializable(typeof(UpdateLinkRequest))]
[JsonSerializable(typeof(LinkFilter))]
internal sealed partial class LinkJson : JsonSerializerContext
{
    /// <summary>Gets the context with the options of the API.</summary>
    public static LinkJson Api => field ??= new(ApiJson.OptionsFrom(Default.Options));
}
