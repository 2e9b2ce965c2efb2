using System.Text.Json.Serialization;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;

namespace XQr.Api.Developers;

/// <summary>The JSON of the developer API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcSecondsConverter)])]
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
[JsonSerializable(typeof(AuditQuery))]
internal sealed partial class DeveloperJson : JsonSerializerContext
{
    /// <summary>Gets the context with the options of the API.</summary>
    public static DeveloperJson Api => field ??= new(ApiJson.OptionsFrom(Default.Options));
}
