using System.Text.Json.Serialization;
using XQr.Api.Analytics.Queries;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;

namespace XQr.Api.Analytics;

/// <summary>The JSON of analytics.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcSecondsConverter)])]
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
internal sealed partial class AnalyticsJson : JsonSerializerContext
{
    /// <summary>Gets the context with the options of the API.</summary>
    public static AnalyticsJson Api => field ??= new(ApiJson.OptionsFrom(Default.Options));
}
