using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.OpenApi;

/// <summary>The description that the service gives of its API, and a check of answers against it.</summary>
public sealed class ApiDescription
{
    private const string Components = "#/components/schemas/";

    private readonly JsonObject schemas;

    private ApiDescription(string json)
    {
        Json = json;
        Root = JsonNode.Parse(json)!.AsObject();
        schemas = Root["components"]!["schemas"]!.DeepClone().AsObject();
        foreach (var (_, schema) in schemas)
        {
            // The description allows additional properties. The test does not, so that it finds undocumented ones.
            schema!.AsObject().TryAdd("additionalProperties", false);
        }
    }

    public string Json { get; }

    public JsonObject Root { get; }

    /// <summary>The headers of every answer to a recognised key: the description has them with the answer 429.</summary>
    private IEnumerable<string> LimitHeaders => Root["components"]!["responses"]!["TooManyRequests"]!["headers"]!.AsObject()
        .Select(header => header.Key)
        .Where(name => name.StartsWith("X-RateLimit-", StringComparison.Ordinal) || name.StartsWith("X-Quota-", StringComparison.Ordinal));

    /// <summary>Every operation, with its method and path.</summary>
    public IEnumerable<(string Method, string Path, JsonObject Operation)> Operations =>
        from path in Root["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject());

    public static async Task<ApiDescription> ReadAsync(HttpClient client) => new(await client.GetStringAsync("/openapi/v1.json"));

    /// <summary>An operation's answers by status, references followed.</summary>
    public IEnumerable<(string Status, JsonObject Response)> Responses(JsonObject operation) =>
        operation["responses"]!.AsObject().Select(response => (response.Key, Follow(response.Value!).AsObject()));

    /// <summary>Fails unless an answer is one that the description has for the operation: its status, headers, type and body.</summary>
    public async Task CheckAsync(string operationId, HttpResponseMessage answer)
    {
        var operation = Operations.Single(operation => (string?)operation.Operation["operationId"] == operationId).Operation;
        if (answer.StatusCode == HttpStatusCode.NotModified)
        {
            // Described with the header that asks for it.
            Assert.Contains(operation["parameters"]!.AsArray(), parameter => (string?)Follow(parameter)["name"] == "If-None-Match");
            Assert.NotNull(answer.Headers.ETag);
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
            return;
        }

        var status = $"{(int)answer.StatusCode}";
        var response = Responses(operation).SingleOrDefault(response => response.Status == status).Response;
        Assert.True(response is not null, $"{operationId} has no answer {status}.");

        Assert.NotNull(answer.Header("X-Request-Id"));
        var described = response["headers"]?.AsObject().Select(header => header.Key) ?? [];
        Assert.All(
            described.Where(name => name is not ("X-Logo-Size" or "Link")),
            name => Assert.True(answer.Header(name) is not null, $"{operationId} {status} has no header {name}."));
        if (status != "401" && operation["security"]!.AsArray().Any(scheme => scheme!["ApiKey"] is not null))
        {
            Assert.All(LimitHeaders, name => Assert.True(answer.Header(name) is not null, $"{operationId} {status} has no header {name}."));
        }
        else
        {
            Assert.All(LimitHeaders, name => Assert.Null(answer.Header(name)));
        }

        var body = await answer.Content.ReadAsStringAsync();
        if (response["content"] is null)
        {
            Assert.Empty(body);
            return;
        }

        var type = answer.Content.Headers.ContentType!.MediaType!;
        Assert.True(response["content"]![type] is not null, $"{operationId} {status} is not described as {type}.");
        if (type == "application/json")
        {
            var json = JsonElement.Parse(body);
            Validate(response["content"]![type]!["schema"]!, json);
            if (json.TryGetProperty("error", out var error))
            {
                CheckDetails(error);
            }
        }
    }

    /// <summary>Returns whether a body matches the schema of the operation's request.</summary>
    public bool Accepts(string operationId, string body)
    {
        var operation = Operations.Single(operation => (string?)operation.Operation["operationId"] == operationId).Operation;
        return Evaluate(operation["requestBody"]!["content"]!["application/json"]!["schema"]!, JsonElement.Parse(body)).IsValid;
    }

    /// <summary>The schema leaves the details open, since generated clients can read only one type; so their forms are checked here.</summary>
    private static void CheckDetails(JsonElement error)
    {
        var code = error.Text("code");
        if (code == "VALIDATION_ERROR")
        {
            Assert.NotEmpty(error.GetProperty("details").EnumerateArray());
            Assert.All(
                error.GetProperty("details").EnumerateArray(),
                fault => Assert.Equal(["field", "message"], fault.EnumerateObject().Select(property => property.Name)));
        }
        else if (code == "RATE_LIMIT_EXCEEDED")
        {
            Assert.Contains(error.GetProperty("details").Text("window"), (string[])["minute", "month"]);
        }
        else
        {
            Assert.False(error.TryGetProperty("details", out _), $"{code} has details that the description lacks.");
        }
    }

    private void Validate(JsonNode schema, JsonElement value)
    {
        var results = Evaluate(schema, value);
        var faults = (results.Details ?? []).Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"));
        Assert.True(results.IsValid, $"{string.Join("\n", faults)}\nin {value}");
    }

    private EvaluationResults Evaluate(JsonNode schema, JsonElement value)
    {
        var whole = schema.DeepClone().AsObject();
        whole["$defs"] = schemas.DeepClone();
        var text = whole.ToJsonString().Replace(Components, "#/$defs/", StringComparison.Ordinal);
        return JsonSchema.FromText(text).Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
    }

    /// <summary>Returns the target of a reference, or the node itself if it is not a reference.</summary>
    public JsonNode Follow(JsonNode? node) =>
        (string?)node!["$ref"] is { } reference
            ? reference[2..].Split('/').Aggregate((JsonNode)Root, (part, name) => part[name]!)
            : node;
}
