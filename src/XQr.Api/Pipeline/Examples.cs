using System.Text.Json;
using System.Text.Json.Nodes;
using XQr.Api.Primitives;

namespace XQr.Api.Pipeline;

/// <summary>What is sent or answered shows itself by an example in the API's description.</summary>
internal interface IExample<TSelf>
    where TSelf : IExample<TSelf>
{
    static abstract TSelf Example { get; }
}

/// <summary>Writes examples as the API writes answers.</summary>
internal static class Examples
{
    /// <summary>Without the limits of a key: their schema has an example of its own, and all examples together would be a third of the description.</summary>
    public static Meta Meta { get; } = new("req_6f1c0d9e8b7a4352");

    /// <summary>The limits of a key.</summary>
    public static RateLimitMeta RateLimit { get; } = RateLimitMeta.Of(600, 597, 1772373660, 10, 9) with { QuotaLimit = 1000, QuotaRemaining = 812 };

    public static JsonNode Of<T>(ApiJson json, T value) => JsonSerializer.SerializeToNode(value, json.TypeInfo<T>())!;

    /// <summary>A request: what it doesn't say is absent.</summary>
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
