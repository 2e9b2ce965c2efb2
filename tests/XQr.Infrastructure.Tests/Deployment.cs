using System.Text.Json.Nodes;

namespace XQr.Infrastructure.Tests;

/// <summary>
/// What a deployment declares: the compiled template with its modules, conditions and loops worked out (<c>bicep snapshot</c>).
/// What only Azure knows, such as a client id, stays an expression.
/// </summary>
internal sealed record Deployment(JsonArray Resources, JsonObject Outputs)
{
    /// <summary>The least that azd says.</summary>
    public static IReadOnlyDictionary<string, string> Plain { get; } = new Dictionary<string, string>
    {
        ["AZURE_ENV_NAME"] = "test",
        ["AZURE_LOCATION"] = "westeurope",
    };

    /// <summary>Everything that can be had.</summary>
    public static IReadOnlyDictionary<string, string> Whole { get; } = new Dictionary<string, string>(Plain)
    {
        ["AZURE_PRINCIPAL_ID"] = "11111111-1111-1111-1111-111111111111",
        ["XQR_ALERT_EMAIL"] = "operators@xqr.example",
        ["XQR_ALWAYS_READY"] = "1",
        ["XQR_AUTH_AUDIENCE"] = "xqr",
        ["XQR_AUTH_AUTHORITY"] = "https://login.xqr.example",
        ["XQR_CUSTOM_DOMAIN"] = "go.xqr.example",
        ["XQR_FRONT_DOOR"] = "true",
        ["XQR_INSTANCE_MEMORY_MB"] = "2048",
        ["XQR_UPLOAD_ORIGINS"] = "https://dashboard.xqr.example",
    };

    private static readonly Lazy<Task<Deployment>> PlainOne = new(() => ReadAsync(Plain));
    private static readonly Lazy<Task<Deployment>> WholeOne = new(() => ReadAsync(Whole));

    /// <summary>A copy that a test may change.</summary>
    public static async Task<Deployment> GetAsync(bool whole)
    {
        var one = await (whole ? WholeOne : PlainOne).Value;
        return new((JsonArray)one.Resources.DeepClone(), (JsonObject)one.Outputs.DeepClone());
    }

    public IEnumerable<JsonNode> Of(string type) => Resources.Where(resource => Text(resource!["type"]) == type)!;

    public JsonNode Account => Of("Microsoft.Storage/storageAccounts").Single();

    public JsonNode App => Of("Microsoft.Web/sites").Single();

    public JsonObject Settings => (JsonObject)Of("Microsoft.Web/sites/config").Single()["properties"]!;

    /// <summary>The last part of the names of resources that belong to another.</summary>
    public IEnumerable<string> NamesOf(string type) => Of(type).Select(resource => Text(resource["name"]).Split('/')[^1]);

    public static string Text(JsonNode? node) => node?.ToString() ?? "";

    private static async Task<Deployment> ReadAsync(IReadOnlyDictionary<string, string> environment)
    {
        // The snapshot is written beside the parameters.
        using var copy = new Bicep.Copy();
        var finished = await Bicep.RunAsync(
            copy.Folder, environment, "snapshot", "main.bicepparam", "--mode", "overwrite",
            "--subscription-id", "00000000-0000-0000-0000-000000000001", "--tenant-id", "00000000-0000-0000-0000-000000000002", "--location", "westeurope");
        Assert.True(finished.ExitCode == 0, finished.Errors);
        var snapshot = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(copy.Folder, "main.snapshot.json")))!;
        Assert.Empty((JsonArray)snapshot["diagnostics"]!);
        return new((JsonArray)snapshot["predictedResources"]!, (JsonObject)snapshot["outputs"]!);
    }
}
