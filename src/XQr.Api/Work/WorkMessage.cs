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

    /// <summary>Reads the text of a message.</summary>
    /// <exception cref="InvalidDataException">The text is not a message.</exception>
    public static WorkMessage Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, WorkJson.Default.WorkMessage) is { Work: not null, Subject: not null } message
                ? message
                : throw new InvalidDataException("The message has no work or no subject.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("The message is not JSON of the expected shape.", exception);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(WorkMessage))]
internal sealed partial class WorkJson : JsonSerializerContext;
