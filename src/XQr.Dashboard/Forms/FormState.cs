using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using XQr.Api.Pipeline;

namespace XQr.Dashboard.Forms;

/// <summary>The content of a form and its errors, so that a refused form is shown again as it was sent.</summary>
public sealed class FormState
{
    private readonly Dictionary<string, StringValues> values;
    private readonly Dictionary<string, string> errors;

    private FormState(Dictionary<string, StringValues> values, Dictionary<string, string> errors, string? message) =>
        (this.values, this.errors, Message) = (values, errors, message);

    /// <summary>Gets a form without content.</summary>
    public static FormState Empty { get; } = new([], [], message: null);

    /// <summary>Gets the error of the whole form; null if it has none.</summary>
    public string? Message { get; }

    /// <summary>Gets the errors by field, in the order of the fields.</summary>
    public IReadOnlyDictionary<string, string> Errors => errors;

    /// <summary>Returns a form with the values of a resource.</summary>
    public static FormState Of(params IEnumerable<(string Name, string? Value)> values) =>
        new(values.ToDictionary(value => value.Name, value => new StringValues(value.Value)), [], message: null);

    /// <summary>Returns the content of a form that is shown again without an error.</summary>
    public static FormState Of(IFormCollection form) => new(form.ToDictionary(field => field.Key, field => field.Value), [], message: null);

    /// <summary>Returns the value of a field; empty if the form does not have it.</summary>
    public string Value(string name) => values.TryGetValue(name, out var value) ? value.ToString() : "";

    /// <summary>Returns true if the last value of a checkbox is checked.</summary>
    public bool IsChecked(string name) => values.TryGetValue(name, out var value) && value is [.., "true" or "on"];

    /// <summary>Returns true if one of the values of a field is this one.</summary>
    public bool Has(string name, string value) => values.TryGetValue(name, out var all) && all.Contains(value);

    /// <summary>Returns the error of a field or of its parts, such as <c>labels[2]</c>; null if there is none.</summary>
    public string? Error(string name) => errors.FirstOrDefault(error => error.Key == name
        || error.Key.StartsWith($"{name}[", StringComparison.Ordinal)
        || error.Key.StartsWith($"{name}.", StringComparison.Ordinal)).Value;

    /// <summary>Returns the form that an operation refused.</summary>
    internal static FormState Refused(IFormCollection form, ApiError error)
    {
        var errors = new Dictionary<string, string>();
        foreach (var detail in (error.Details as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            errors.TryAdd((string?)detail["field"] ?? "", (string?)detail["message"] ?? "");
        }

        return new(form.ToDictionary(field => field.Key, field => field.Value), errors, error.Message);
    }
}
