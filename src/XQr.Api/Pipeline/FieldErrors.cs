using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XQr.Api.Pipeline;

/// <summary>An error in a field of the input.</summary>
/// <param name="Field">The JSON path of the field: <c>labels[2]</c>.</param>
/// <param name="Message">The rule that the field must follow.</param>
internal sealed record FieldError(string Field, string Message);

/// <summary>
/// Collects the errors of an input, so that one response lists all of them. It lists the first hundred and counts the others, to keep
/// the response small.
/// </summary>
/// <param name="maxDetails">The number of errors that are listed.</param>
internal sealed class FieldErrors(int maxDetails = FieldErrors.MaxDetails)
{
    /// <summary>The number of errors that a response lists.</summary>
    public const int MaxDetails = 100;

    private const int MaxInMessage = 3;
    private const int MaxFieldLength = 120;

    private readonly List<FieldError> errors = [];
    private int notListed;

    public bool Any => errors.Count > 0;

    /// <summary>Gets whether further errors are only counted, so that their text is not needed.</summary>
    public bool IsFull => errors.Count == maxDetails;

    public void Add(string field, string message)
    {
        if (IsFull)
        {
            AddUnlisted();
        }
        else if (new FieldError(Shorten(field), message) is var error && !errors.Contains(error))
        {
            errors.Add(error);
        }
    }

    /// <summary>Counts an error that is not listed.</summary>
    public void AddUnlisted() => notListed++;

    /// <summary>Returns the error that lists the errors, or null if there are none.</summary>
    public ApiError? ToErrorOrNull() => Any ? ToError() : null;

    public ApiError ToError() => ApiErrors.Validation(
        Message(), new JsonArray([.. errors.Select(error => JsonSerializer.SerializeToNode(error, PipelineJson.Api.FieldError))]));

    private string Message()
    {
        var listed = string.Join("; ", errors.Take(MaxInMessage).Select(error => $"{error.Field} {error.Message}"));
        var others = errors.Count + notListed - MaxInMessage;
        var more = others > 0 ? string.Create(CultureInfo.InvariantCulture, $"; and {others:N0} more") : "";
        var end = listed.EndsWith('?') && more.Length == 0 ? "" : ".";
        return notListed > 0 ? $"{listed}{more}; details lists the first {maxDetails}." : $"{listed}{more}{end}";
    }

    /// <summary>Shortens an unknown name from the caller. Known names are shorter.</summary>
    private static string Shorten(string field)
    {
        if (field.Length <= MaxFieldLength)
        {
            return field;
        }

        var length = char.IsHighSurrogate(field[MaxFieldLength - 1]) ? MaxFieldLength - 1 : MaxFieldLength;
        return $"{field[..length]}…";
    }
}
