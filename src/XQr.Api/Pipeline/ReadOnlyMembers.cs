using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using XQr.Api.Primitives;

namespace XQr.Api.Pipeline;

/// <summary>
/// The properties of a resource that a change can't set. A client may send back the whole resource: these properties are accepted with their
/// current values and rejected with others.
/// </summary>
internal sealed class ReadOnlyMembers
{
    private readonly List<(string Name, JsonElement Value)> sent = [];

    /// <summary>Gets whether the request has any of the properties.</summary>
    public bool Any => sent.Count > 0;

    /// <summary>Reads the properties that the request has.</summary>
    public static ReadOnlyMembers Read(JsonFields fields)
    {
        var members = new ReadOnlyMembers();
        foreach (var name in fields.ReadOnly)
        {
            if (fields.Raw(name) is { } value)
            {
                members.sent.Add((name, value));
            }
        }

        return members;
    }

    /// <summary>Adds a property that was sent as null, for properties that a change can't set to null.</summary>
    public void AddNull(string name) => sent.Add((name, JsonElement.Parse("null")));

    /// <summary>Returns the error of the properties that differ from the resource, or null.</summary>
    /// <param name="current">The current resource.</param>
    /// <param name="type">The type of the resource in responses.</param>
    /// <param name="growing">The counters and times that may have increased since the client read them: earlier values are accepted.</param>
    /// <typeparam name="T">The type of the resource in responses.</typeparam>
    public ApiError? Validate<T>(T current, JsonTypeInfo<T> type, params ReadOnlySpan<string> growing)
    {
        if (!Any)
        {
            return null;
        }

        var errors = new FieldErrors();
        var shown = JsonSerializer.SerializeToElement(current, type);
        foreach (var (name, value) in sent)
        {
            var now = shown.GetProperty(name);
            if (!IsSame(value, now) && !(growing.Contains(name) && IsEarlier(value, now)))
            {
                errors.Add(name, "can't be changed: leave it out, or send the value that the resource has");
            }
        }

        return errors.ToErrorOrNull();
    }

    private static bool IsSame(JsonElement value, JsonElement now) =>
        JsonElement.DeepEquals(value, now) || (TimeOf(value) is { } time && time == TimeOf(now));

    private static bool IsEarlier(JsonElement value, JsonElement now) =>
        now.ValueKind == JsonValueKind.Number
            ? value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) && count >= 0 && count <= now.GetInt64()
            : now.ValueKind == JsonValueKind.String && (value.ValueKind == JsonValueKind.Null || TimeOf(value) < TimeOf(now));

    /// <summary>Returns the time in whole seconds, as responses have it, or null.</summary>
    private static long? TimeOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && Rfc3339.TryParseTime(value.GetString(), out var time) ? time.ToUnixTimeSeconds() : null;
}
