using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using XQr.Api.Primitives;

namespace XQr.Api.Pipeline;

/// <summary>
/// The members of a resource that a change can't set. A client may send back the whole object that it was given: they are accepted with
/// the value that the resource has, and refused with another.
/// </summary>
internal sealed class ReadOnlyMembers
{
    private readonly List<(string Name, JsonElement Value)> sent = [];

    /// <summary>Whether any was sent.</summary>
    public bool Any => sent.Count > 0;

    /// <summary>Reads those of a body that were sent.</summary>
    public static ReadOnlyMembers Read(JsonFields fields, params ReadOnlySpan<string> names)
    {
        var members = new ReadOnlyMembers();
        foreach (var name in names)
        {
            if (fields.Raw(name) is { } value)
            {
                members.sent.Add((name, value));
            }
        }

        return members;
    }

    /// <summary>Adds a member that was sent as null, where null isn't a value that a change can set.</summary>
    public void AddNull(string name) => sent.Add((name, JsonElement.Parse("null")));

    /// <summary>Returns the error that names those which differ from the resource; null if none does.</summary>
    /// <param name="current">The resource as the API shows it now.</param>
    /// <param name="type">The contract of the answer.</param>
    /// <param name="growing">The counters and times that may have moved on since the client read them: earlier values are accepted.</param>
    /// <typeparam name="T">The type of the answer.</typeparam>
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

        return errors.Any ? errors.ToError() : null;
    }

    private static bool IsSame(JsonElement value, JsonElement now) =>
        JsonElement.DeepEquals(value, now) || (TimeOf(value) is { } time && time == TimeOf(now));

    private static bool IsEarlier(JsonElement value, JsonElement now) =>
        now.ValueKind == JsonValueKind.Number
            ? value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) && count >= 0 && count <= now.GetInt64()
            : now.ValueKind == JsonValueKind.String && (value.ValueKind == JsonValueKind.Null || TimeOf(value) < TimeOf(now));

    /// <summary>The whole second, as answers have it.</summary>
    private static long? TimeOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && Rfc3339.TryParseTime(value.GetString(), out var time) ? time.ToUnixTimeSeconds() : null;
}
