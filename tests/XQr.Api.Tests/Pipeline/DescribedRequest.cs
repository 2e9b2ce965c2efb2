using System.Text.Json.Nodes;
using XQr.Testing;

namespace XQr.Api.Tests.Pipeline;

/// <summary>A request with one property that is valid or invalid by the API description.</summary>
/// <param name="Path">The path of the property.</param>
/// <param name="Body">The request.</param>
/// <param name="IsValid">True if the property is valid.</param>
internal sealed record DescribedRequest(string Path, JsonObject Body, bool IsValid)
{
    private static readonly JsonObject Components =
        JsonNode.Parse(File.ReadAllText(Repository.PathOf("docs", "openapi.json")))!["components"]!.AsObject();

    /// <summary>Gets the names of the schemas of request bodies.</summary>
    public static IEnumerable<string> Names =>
        Components["schemas"]!.AsObject().Select(schema => schema.Key).Where(name => name.EndsWith("Request", StringComparison.Ordinal));

    /// <summary>Returns requests just inside and just outside of each bound of a schema.</summary>
    public static IEnumerable<DescribedRequest> Of(string name) => Of(Components["schemas"]![name]!.AsObject());

    /// <summary>Returns the value of a query parameter just inside and just outside of each bound.</summary>
    public static IEnumerable<(string Text, bool IsValid)> OfParameter(string name) =>
        DescribedValues.Of(name, Components["parameters"]![name]!["schema"]!.AsObject(), Minimal)
            .Where(value => value.Value is not JsonArray)
            .Select(value => (value.Value!.ToString(), value.IsValid));

    private static IEnumerable<DescribedRequest> Of(JsonObject schema)
    {
        var minimal = Minimal(schema);
        foreach (var (name, property) in schema["properties"]!.AsObject())
        {
            if (minimal.ContainsKey(name))
            {
                var without = minimal.DeepClone().AsObject();
                without.Remove(name);
                yield return new(name, without, false);
            }

            var described = Resolve(property!);
            foreach (var (value, isValid) in DescribedValues.Of(name, described, Minimal))
            {
                yield return new(name, With(name, value), isValid);
            }

            foreach (var nested in NestedOf(described))
            {
                yield return described["items"] is null
                    ? new($"{name}.{nested.Path}", With(name, nested.Body), nested.IsValid)
                    : new($"{name}[0].{nested.Path}", With(name, new JsonArray(nested.Body)), nested.IsValid);
            }
        }

        JsonObject With(string name, JsonNode? value)
        {
            var body = minimal.DeepClone().AsObject();
            body[name] = value;
            if (name == "country_mode")
            {
                // The mode has no meaning without countries.
                body["countries"] = new JsonArray("DE");
            }

            return body;
        }
    }

    private static IEnumerable<DescribedRequest> NestedOf(JsonObject schema) => Resolve(schema["items"] ?? schema) switch
    {
        { } item when item.ContainsKey("properties") => Of(item),
        _ => [],
    };

    /// <summary>Returns an object with the required properties only.</summary>
    private static JsonObject Minimal(JsonNode schema)
    {
        var (described, body) = (Resolve(schema), new JsonObject());
        foreach (var name in described["required"]?.AsArray().Select(name => (string)name!) ?? [])
        {
            body[name] = DescribedValues.Of(name, Resolve(described["properties"]![name]!), Minimal).First(value => value.IsValid).Value;
        }

        return body;
    }

    private static JsonObject Resolve(JsonNode schema)
    {
        var reference = schema["$ref"] ?? schema["oneOf"]?.AsArray().Select(choice => choice!["$ref"]).Single(choice => choice is not null);
        return reference is null ? schema.AsObject() : Components["schemas"]![((string)reference!).Split('/')[^1]]!.AsObject();
    }
}
