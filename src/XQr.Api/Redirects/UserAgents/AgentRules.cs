using System.Text.Json;

namespace XQr.Api.Redirects.UserAgents;

/// <summary>A list of rules, the first that holds wins.</summary>
internal sealed class AgentRules
{
    private readonly AgentRule[] rules;

    /// <param name="name">The name of a file in <c>Data</c>, without its ending.</param>
    public AgentRules(string name)
    {
        using var data = typeof(AgentRules).Assembly.GetManifestResourceStream($"UserAgents/{name}.json")!;
        // Read as a document, since the serializer would take longer to start than to read.
        using var document = JsonDocument.Parse(data);
        rules = [.. document.RootElement.EnumerateArray().Select(Rule)];
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

    private static AgentRule Rule(JsonElement json) =>
        new([.. json.GetProperty("any").EnumerateArray().Select(text => text.GetString()!)], Text(json, "pattern"), Text(json, "name"));

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var text) ? text.GetString() : null;
}
