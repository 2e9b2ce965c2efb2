using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace XQr.Dashboard.Forms;

/// <summary>
/// Creates the body of an operation from a form. A form has the field names of the API, so that it is validated by the same rules and has the
/// same errors. A field that the form does not have stays absent.
/// </summary>
/// <param name="form">The form that the browser sent.</param>
internal sealed class FormBody(IFormCollection form)
{
    private readonly JsonObject json = [];

    /// <summary>Adds a string; an empty one stays absent.</summary>
    public FormBody Text(string name) => form[name] is [{ Length: > 0 } text, ..] ? Set(name, text) : this;

    /// <summary>Adds a string; an empty one becomes null, which clears the field.</summary>
    public FormBody TextOrNull(string name) => form[name] is [var text, ..] ? Set(name, text is { Length: > 0 } ? text : null) : this;

    /// <summary>Adds a list: the values of the fields with the name, each separated by commas.</summary>
    public FormBody List(string name) => !form.ContainsKey(name)
        ? this
        : Set(name, new JsonArray([.. form[name].SelectMany(Split).Select(item => (JsonNode)item)]));

    /// <summary>Adds a list: each line of the field is an item.</summary>
    public FormBody Lines(string name) => form[name] is [var text, ..]
        ? Set(name, new JsonArray([.. LinesOf(text).Select(line => (JsonNode)line)]))
        : this;

    /// <summary>Adds a value that has several fields.</summary>
    public FormBody Node(string name, JsonNode? value) => Set(name, value);

    /// <summary>Adds a boolean. The form has the hidden value false before the checkbox, so that a cleared checkbox is not absent.</summary>
    public FormBody Boolean(string name) => form[name] is [.., { } text] ? Set(name, text is "true" or "on") : this;

    /// <summary>Adds a whole number; a text that is none stays a text, so that the operation reports it.</summary>
    public FormBody Integer(string name) => form[name] is [{ Length: > 0 } text, ..]
        ? Set(name, long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : text)
        : this;

    /// <summary>Adds a time in UTC; an empty one becomes null. A browser sends <c>2026-12-24T18:30</c>.</summary>
    public FormBody TimeOrNull(string name) => form[name] is [var text, ..] ? Set(name, ToTime(text)) : this;

    /// <summary>Returns the time of a field as the API reads it; null if the field is empty.</summary>
    public static string? ToTime(string? text) => text switch
    {
        null or "" => null,
        [.., 'Z'] => text,
        { Length: 16 } => $"{text}:00Z",
        _ => $"{text}Z",
    };

    /// <summary>Returns the body.</summary>
    public JsonElement ToJson() => JsonDocument.Parse(json.ToJsonString()).RootElement;

    /// <summary>Returns the lines of a text that are not empty.</summary>
    public static string[] LinesOf(string? text) =>
        (text ?? "").Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Split(string? values) =>
        (values ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private FormBody Set(string name, JsonNode? value)
    {
        json[name] = value;
        return this;
    }
}
