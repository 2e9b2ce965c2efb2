using System.Text.Json;
using System.Text.Json.Nodes;

namespace XQr.Api.Pipeline;

/// <summary>A fault of the input.</summary>
/// <param name="Field">Where it is, as a JSON path: <c>labels[2]</c>.</param>
/// <param name="Message">What would be right.</param>
internal sealed record FieldError(string Field, string Message);

/// <summary>Gathers every fault of an input, so that the caller hears of all at once.</summary>
internal sealed class FieldErrors
{
    private readonly List<FieldError> errors = [];

    public bool Any => errors.Count > 0;

    public void Add(string field, string message) => errors.Add(new(field, message));

    public ApiError ToError() => ApiErrors.Validation(
        $"{string.Join("; ", errors.Take(3).Select(error => $"{error.Field} {error.Message}"))}{(errors.Count > 3 ? "; …" : "")}.",
        new JsonArray([.. errors.Select(error => JsonSerializer.SerializeToNode(error, ApiJson.Api.FieldError))]));
}
