using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using XQr.Api.Analytics.Queries;
using XQr.Api.Assets;
using XQr.Api.Developers;
using XQr.Api.Health;
using XQr.Api.Links;
using XQr.Api.Links.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Qr;
using XQr.Api.Qr.Batch;
using XQr.Api.Qr.Designs;
using XQr.Api.Qr.Payloads;
using XQr.Api.Qr.Templates;
using XQr.Api.Workspaces;

namespace XQr.Api;

/// <summary>How the API writes JSON; the code for it is made at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(UtcSecondsConverter)])]
[JsonSerializable(typeof(ErrorEnvelope))]
[JsonSerializable(typeof(FieldError))]
[JsonSerializable(typeof(Envelope<LinkResponse>))]
[JsonSerializable(typeof(ListEnvelope<LinkResponse>))]
[JsonSerializable(typeof(Envelope<BulkCreateResponse>))]
[JsonSerializable(typeof(Envelope<BulkStatusResponse>))]
[JsonSerializable(typeof(Envelope<AssetResponse>))]
[JsonSerializable(typeof(ListEnvelope<AssetResponse>))]
[JsonSerializable(typeof(Envelope<PresignResponse>))]
[JsonSerializable(typeof(PresignRequest))]
[JsonSerializable(typeof(UpdateAssetRequest))]
[JsonSerializable(typeof(CreateLinkRequest))]
[JsonSerializable(typeof(BulkCreateRequest))]
[JsonSerializable(typeof(BulkStatusRequest))]
[JsonSerializable(typeof(UpdateLinkRequest))]
[JsonSerializable(typeof(Envelope<KeyResponse>))]
[JsonSerializable(typeof(ListEnvelope<KeyResponse>))]
[JsonSerializable(typeof(Envelope<NewKeyResponse>))]
[JsonSerializable(typeof(CreateKeyRequest))]
[JsonSerializable(typeof(UpdateKeyRequest))]
[JsonSerializable(typeof(RotateKeyRequest))]
[JsonSerializable(typeof(Envelope<DeveloperMemberResponse>))]
[JsonSerializable(typeof(ListEnvelope<DeveloperMemberResponse>))]
[JsonSerializable(typeof(InviteMemberRequest))]
[JsonSerializable(typeof(UpdateMemberRequest))]
[JsonSerializable(typeof(Envelope<AccountResponse>))]
[JsonSerializable(typeof(ListEnvelope<AuditResponse>))]
[JsonSerializable(typeof(LinkFilter))]
[JsonSerializable(typeof(ImageQuery))]
[JsonSerializable(typeof(LinkImageQuery))]
[JsonSerializable(typeof(PayloadQuery))]
[JsonSerializable(typeof(RenderRequest))]
[JsonSerializable(typeof(DesignChange))]
[JsonSerializable(typeof(Design))]
[JsonSerializable(typeof(Envelope<TemplateResponse>))]
[JsonSerializable(typeof(ListEnvelope<TemplateResponse>))]
[JsonSerializable(typeof(CreateTemplateRequest))]
[JsonSerializable(typeof(UpdateTemplateRequest))]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(Envelope<SummaryResponse>))]
[JsonSerializable(typeof(Envelope<TimeseriesResponse>))]
[JsonSerializable(typeof(Envelope<LinkStatsResponse>))]
[JsonSerializable(typeof(ListEnvelope<CountryCountResponse>))]
[JsonSerializable(typeof(ListEnvelope<DeviceCountResponse>))]
[JsonSerializable(typeof(ListEnvelope<BrowserCountResponse>))]
[JsonSerializable(typeof(ListEnvelope<OsCountResponse>))]
[JsonSerializable(typeof(ListEnvelope<ReferrerCountResponse>))]
[JsonSerializable(typeof(ListEnvelope<LabelCountResponse>))]
[JsonSerializable(typeof(ListEnvelope<TopLinkResponse>))]
[JsonSerializable(typeof(PeriodQuery))]
[JsonSerializable(typeof(DatesQuery))]
[JsonSerializable(typeof(IntervalQuery))]
[JsonSerializable(typeof(ZoneQuery))]
[JsonSerializable(typeof(LinkQuery))]
[JsonSerializable(typeof(BotsQuery))]
[JsonSerializable(typeof(TopQuery))]
[JsonSerializable(typeof(Page))]
[JsonSerializable(typeof(WholePage))]
[JsonSerializable(typeof(Envelope<WorkspaceResponse>))]
[JsonSerializable(typeof(Envelope<UsageResponse>))]
[JsonSerializable(typeof(ListEnvelope<MemberResponse>))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(IReadOnlyList<RoutingRule>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Texts as they are, in UTF-8: nobody reads these answers as HTML.</summary>
    public static ApiJson Api => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Api.Options.GetTypeInfo(typeof(T));
}

/// <summary>RFC 3339, UTC, whole seconds: <c>2026-03-01T14:00:00Z</c>.</summary>
internal sealed class UtcSecondsConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[20];
        value.UtcDateTime.TryFormat(text, out var length, Rfc3339.TimeFormat, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}
