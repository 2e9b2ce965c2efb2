using System.Collections.Frozen;
using System.Globalization;
using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace XQr.Api.OpenApi;

/// <summary>
/// Shares error responses between operations. Responses with the same codes are described once, so that the document and generated clients
/// stay small.
/// </summary>
internal static class SharedErrors
{
    /// <summary>The usual codes of each status. A shared response with other codes has them in its name.</summary>
    private static readonly FrozenSet<string> Usual = FrozenSet.Create(
        "VALIDATION_ERROR", "INVALID_API_KEY", "REVOKED_API_KEY", "EXPIRED_API_KEY", "INSUFFICIENT_SCOPE",
        "NOT_FOUND", "CONFLICT", "PRECONDITION_FAILED", "PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE", "BURST_LIMIT_EXCEEDED",
        "RATE_LIMIT_EXCEEDED", "INTERNAL_ERROR", "SERVICE_UNAVAILABLE");

    /// <summary>Returns a reference to the shared response with these errors. Its examples are those of the first operation that has it.</summary>
    /// <param name="document">The document with the shared responses.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="response">The response of this operation.</param>
    /// <param name="errors">The codes of the errors, each with an example of the body.</param>
    public static OpenApiResponseReference Refer(
        OpenApiDocument document, int status, OpenApiResponse response, IReadOnlyCollection<(string Code, JsonNode Example)> errors)
    {
        var others = errors.Select(error => error.Code).Distinct().Where(code => !Usual.Contains(code)).Order(StringComparer.Ordinal);
        var name = ReasonPhrases.GetReasonPhrase(status).Replace(" ", "", StringComparison.Ordinal) + string.Concat(others.Select(PascalCase));
        if (document.Components?.Responses?.TryGetValue(name, out var shared) is not true)
        {
            AddExamples(response, errors);
            document.AddComponent<IOpenApiResponse>(name, response);
        }
        else if (shared!.Description != response.Description)
        {
            throw new InvalidOperationException($"{name} would stand for both {shared.Description} and {response.Description}.");
        }

        return new(name, document);
    }

    /// <summary>Names examples by code. Repeated codes get a number.</summary>
    public static void AddExamples(OpenApiResponse response, IEnumerable<(string Code, JsonNode Example)> errors)
    {
        var examples = response.Content![MediaTypeNames.Application.Json].Examples = new Dictionary<string, IOpenApiExample>();
        foreach (var (code, example) in errors)
        {
            var before = examples.Keys.Count(name => name.Split('.')[0] == code);
            examples.Add(before == 0 ? code : $"{code}.{before + 1}", new OpenApiExample { Value = example });
        }
    }

    /// <summary>Returns the Pascal case form of a code: <c>SlugTaken</c> for SLUG_TAKEN.</summary>
    private static string PascalCase(string code) =>
        CultureInfo.InvariantCulture.TextInfo.ToTitleCase(code.ToLowerInvariant()).Replace("_", "", StringComparison.Ordinal);
}
