using System.Text.Json;
using System.Text.Json.Nodes;
using XQr.Api.Primitives;

namespace XQr.Api.Pipeline;

/// <summary>A type of requests or responses that has an example for the API's description.</summary>
internal interface IExample<TSelf>
    where TSelf : IExample<TSelf>
{
    static abstract TSelf Example { get; }
}

/// <summary>Creates examples in the form of the API's responses.</summary>
internal static class Examples
{
    /// <summary>Gets an example without the limits of a key, which would be a third of the description. Their schema has an example.</summary>
    public static Meta Meta { get; } = new("req_6f1c0d9e8b7a4352");

    /// <summary>Gets an example of the limits of a key.</summary>
    public static RateLimitMeta RateLimit { get; } = RateLimitMeta.Of(600, 597, 1772373660, 10, 9) with { QuotaLimit = 1000, QuotaRemaining = 812 };

    public static JsonNode Of<T>(ApiJson json, T value) => JsonSerializer.SerializeToNode(value, json.TypeInfo<T>())!;

    /// <summary>Creates the example of a request, without the properties that are null.</summary>
    public static JsonNode WithoutNulls<T>(ApiJson json, T value)
    {
        var node = Of(json, value).AsObject();
        RemoveNulls(node);
        return node;
    }

    private static void RemoveNulls(JsonObject json)
    {
        foreach (var (name, value) in json.ToList())
        {
            if (value is null)
            {
                json.Remove(name);
            }
            else if (value is JsonObject inner)
            {
                RemoveNulls(inner);
            }
        }
    }
}
