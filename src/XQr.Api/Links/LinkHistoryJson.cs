using System.Text.Json.Serialization;
using XQr.Api.Primitives;

namespace XQr.Api.Links;

/// <summary>The stored JSON of changes of links: that of the API without nulls.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcSecondsConverter)])]
[JsonSerializable(typeof(IReadOnlyList<LinkChange>))]
internal sealed partial class LinkHistoryJson : JsonSerializerContext
{
    /// <summary>Gets the context with the options of stored changes.</summary>
    public static LinkHistoryJson Stored => field ??= new(ApiJson.OptionsFrom(Default.Options));
}
