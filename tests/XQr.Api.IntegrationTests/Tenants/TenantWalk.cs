using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XQr.Api.IntegrationTests.OpenApi;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Tenants;

/// <summary>Calls every operation of the API that requires a caller, with ids of one workspace and the key of another.</summary>
internal sealed partial class TenantWalk(ApiDescription api)
{
    /// <summary>Gets the start of a row of a bulk response which returns an id of the request as not found. This reveals nothing.</summary>
    [GeneratedRegex("""
        "id":"[^"]*","code":"NOT_FOUND"
        """)]
    private static partial Regex NotFoundRow { get; }

    /// <summary>Gets the number of requests with an id of the victim that must not be found.</summary>
    public int Tried { get; private set; }

    /// <summary>Returns the errors: access to the victim's data, a response that reveals it, or an operation that cannot be called.</summary>
    /// <param name="caller">The workspace whose keys are sent.</param>
    /// <param name="victim">A function that returns the victim's ids, which are sent one at a time, with the caller's own.</param>
    /// <param name="secrets">The texts that no response may contain.</param>
    public async Task<IReadOnlyList<string>> FindErrorsAsync(
        TestWorkspace caller, Func<ResourceKind, Task<string>> victim, IReadOnlyCollection<string> secrets)
    {
        var errors = new List<string>();
        foreach (var (method, path, operation) in api.Operations)
        {
            var name = $"{method} {path}";
            if (operation["security"] is not JsonArray { Count: > 0 } security)
            {
                continue;
            }

            var scheme = security[0]!.AsObject().Single().Key;
            var slots = Slot.Of(api, path, operation);
            if (!Resources.Callers.TryGetValue(scheme, out var client))
            {
                errors.Add($"{name}: Resources.Callers doesn't say who calls by {scheme}.");
                continue;
            }

            if (slots.FirstOrDefault(slot => slot.Kind is null) is { } unknown)
            {
                errors.Add($"{name}: Resources.Kinds doesn't say what {unknown.Name} in the {unknown.In} is the id of.");
                continue;
            }

            foreach (var stolen in slots.DefaultIfEmpty<Slot?>(null))
            {
                using var request = await RequestAsync(
                    method, path, operation, slots, slot => slot == stolen ? victim(slot.Kind!) : slot.Kind!.NewAsync(caller));
                Tried += stolen is null or { IsList: true } ? 0 : 1;
                var answer = await client(caller).SendAsync(request);
                var text = NotFoundRow.Replace(await answer.Content.ReadAsStringAsync(), "");
                if (Validate(stolen, (int)answer.StatusCode) is { } error)
                {
                    errors.Add($"{name}, {stolen?.Name ?? "no id"}: {error} {text}");
                }
                else if (secrets.FirstOrDefault(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)) is { } told)
                {
                    errors.Add($"{name}: tells {told}.");
                }
            }
        }

        return errors;
    }

    /// <summary>
    /// Returns the error of a status. An id of the victim in a path or query is not found; in a body it is invalid or not found, and in a
    /// list it may be skipped.
    /// </summary>
    private static string? Validate(Slot? stolen, int status) => (stolen, status) switch
    {
        (_, 401 or 403 or 405 or 415 or 429 or >= 500) => $"answered {status}, so that nothing was tried.",
        (null, _) => status == 404 ? "answered 404 without any id." : null,
        ({ IsList: true }, < 300 or 404) => null,
        ({ In: "body" }, 400 or 404) => null,
        (_, 404) => null,
        _ => $"answered {status}, not 404.",
    };

    private async Task<HttpRequestMessage> RequestAsync(
        string method, string path, JsonObject operation, IReadOnlyList<Slot> slots, Func<Slot, Task<string>> idFor)
    {
        var query = (operation["parameters"] as JsonArray ?? []).Select(api.Follow)
            .Where(parameter => (string?)parameter["in"] == "query" && Resources.Parameters.ContainsKey((string)parameter["name"]!))
            .Select(parameter => $"{parameter["name"]}={Resources.Parameters[(string)parameter["name"]!]}").ToList();
        var body = Resources.Bodies.TryGetValue((string)operation["operationId"]!, out var text)
            ? JsonNode.Parse(text)
            : operation["requestBody"]?["content"]?["application/json"]?["example"]?.DeepClone();
        foreach (var slot in slots)
        {
            var id = await idFor(slot);
            switch (slot.In)
            {
                case "path":
                    path = path.Replace($"{{{slot.Name}}}", id, StringComparison.Ordinal);
                    break;
                case "query":
                    query.Add($"{slot.Name}={id}");
                    break;
                default:
                    slot.Fill(body!.AsObject(), id);
                    break;
            }
        }

        return new(new(method), $"{path}?{string.Join('&', query)}") { Content = body is null ? null : Answers.Json(body.ToJsonString()) };
    }
}
