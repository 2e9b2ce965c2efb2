using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Dashboard.Forms;
using XQr.Dashboard.Pages.Parts;

namespace XQr.Dashboard.Pages;

/// <summary>The form of a new key. It offers presets for the fields of the API.</summary>
internal static class KeyForm
{
    public const string Preset = "preset";
    public const string ScopesField = "scopes";
    public const string Expiry = "expiry";
    public const string ExpiresAt = "expires_at";

    private const string Never = "";
    private const string OnDate = "date";
    private const int MaxDays = 3650;

    /// <summary>Gets a new form.</summary>
    public static FormState Empty { get; } = FormState.Of((Preset, KeyScopes.ReadPreset), (Expiry, Never));

    /// <summary>Gets the choices of the expiry: days, a date, or never.</summary>
    public static IReadOnlyList<Choice> Expiries { get; } =
    [
        new(Never, DeveloperTexts.ExpiryNever),
        new("30", DeveloperTexts.Expiry30Days),
        new("90", DeveloperTexts.Expiry90Days),
        new("365", DeveloperTexts.Expiry1Year),
        new(OnDate, DeveloperTexts.ExpiryDate),
    ];

    /// <summary>Returns the body of the operation.</summary>
    public static JsonElement Body(IFormCollection form, DateTimeOffset now)
    {
        var scopes = KeyScopes.Of(form[Preset].ToString(), form[ScopesField].OfType<string>());
        return new FormBody(form)
            .Text(FormFields.Name)
            .Node(ScopesField, new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]))
            .Node(ExpiresAt, TimeOf(form[Expiry].ToString(), form[ExpiresAt].ToString(), now))
            .ToJson();
    }

    /// <summary>Returns what the person sent, which is the same if the form is sent again later.</summary>
    public static JsonElement Content(IFormCollection form) =>
        new FormBody(form).Text(FormFields.Name).Text(Preset).List(ScopesField).Text(Expiry).Text(ExpiresAt).ToJson();

    /// <summary>Returns an error in the words of the form, where the person chose a day and the operation expects a time.</summary>
    public static ApiError Explain(IFormCollection form, ApiError error)
    {
        if (form[Expiry] != OnDate || DateOnly.TryParseExact(form[ExpiresAt], "yyyy-MM-dd", out _) || error.Details is not JsonArray details)
        {
            return error;
        }

        var explained = details.DeepClone().AsArray();
        foreach (var detail in explained.OfType<JsonObject>().Where(detail => (string?)detail["field"] == ExpiresAt))
        {
            detail["message"] = DeveloperTexts.ExpiryDateMissing;
        }

        return error with { Details = explained };
    }

    /// <summary>Returns the time of an expiry; null for never. A date that is missing stays empty, so that the operation reports it.</summary>
    private static string? TimeOf(string expiry, string date, DateTimeOffset now) => expiry switch
    {
        Never => null,
        OnDate => date.Length == 0 ? "" : $"{date}T23:59:59Z",
        _ when int.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= MaxDays =>
            now.AddDays(days).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        _ => expiry,
    };
}
