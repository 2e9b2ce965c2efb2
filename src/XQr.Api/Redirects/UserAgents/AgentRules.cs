using System.Text.Json;

namespace XQr.Api.Redirects.UserAgents;

/// <summary>A list of rules, of which the first match wins.</summary>
internal sealed class AgentRules
{
    private readonly AgentRule[] rules;

    /// <summary>Reads the rules of a file.</summary>
    /// <param name="name">The name of a file in <c>Data</c>, without its extension.</param>
    public AgentRules(string name)
    {
        using var data = typeof(AgentRules).Assembly.GetManifestResourceStream($"UserAgents/{name}.json")!;
        // Read as a document: the serializer takes longer to start than to read the file.
        using var document = JsonDocument.Parse(data);
        rules = [.. document.RootElement.EnumerateArray().Select(Rule)];
    }

    /// <summary>Returns the family of the first rule that matches, or null.</summary>
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
