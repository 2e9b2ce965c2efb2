using System.Text.Json.Serialization;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;

namespace XQr.Api.Workspaces;

/// <summary>The JSON of workspaces.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcSecondsConverter)])]
[JsonSerializable(typeof(Envelope<WorkspaceResponse>))]
[JsonSerializable(typeof(CreateWorkspaceRequest))]
[JsonSerializable(typeof(UpdateWorkspaceRequest))]
[JsonSerializable(typeof(Envelope<UsageResponse>))]
[JsonSerializable(typeof(ListEnvelope<MemberResponse>))]
internal sealed partial class WorkspaceJson : JsonSerializerContext
{
    /// <summary>Gets the context with the options of the API.</summary>
    public static WorkspaceJson Api => field ??= new(ApiJson.OptionsFrom(Default.Options));
}
