using System.Text.Json;
using System.Text.Json.Serialization;

namespace XQr.Api.Work;

/// <summary>A message that wakes up background work. What is to be done is in the tables, so a message that comes twice does no harm.</summary>
/// <param name="Work">The name of the work (<see cref="IWorkHandler.Work"/>).</param>
/// <param name="Subject">The subject of the work: a workspace id, a part of a table, or nothing.</param>
/// <param name="Outages">The number of outages of storage that the work has met.</param>
internal sealed record WorkMessage(string Work, string Subject, int Outages = 0)
{
    /// <summary>Gets the text of the message.</summary>
    [JsonIgnore]
    public string Text => JsonSerializer.Serialize(this, WorkJson.Default.WorkMessage);

    /// <summary>Reads the text of a message; returns null if it is not one.</summary>
    public static WorkMessage? TryRead(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, WorkJson.Default.WorkMessage) is { Work: not null, Subject: not null } message ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(WorkMessage))]
internal sealed partial class WorkJson : JsonSerializerContext;
