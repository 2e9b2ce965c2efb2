using System.Text.Json;
using System.Text.Json.Serialization;

namespace XQr.Api.Redirects.UserAgents;

/// <summary>A list of rules, the first that holds wins.</summary>
internal sealed partial class AgentRules
{
    private readonly AgentRule[] rules;

    /// <param name="name">The name of a file in <c>Data</c>, without its ending.</param>
    public AgentRules(string name)
    {
        using var data = typeof(AgentRules).Assembly.GetManifestResourceStream($"UserAgents/{name}.json")!;
        rules = JsonSerializer.Deserialize(data, RulesJson.Default.AgentRuleArray)!;
    }

    /// <summary>The family that the first rule that holds tells; null where none holds.</summary>
    public string? Find(string userAgent)
    {
        foreach (var rule in rules)
        {
            if (rule.Match(userAgent) is { } name)
            {
                return name;
            }
        }

        return null;
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(AgentRule[]))]
    private sealed partial class RulesJson : JsonSerializerContext;
}
