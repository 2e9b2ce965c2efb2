using System.Text.Json.Nodes;

namespace XQr.Infrastructure.Tests;

/// <summary>
/// Represents the resources and outputs of a deployment: the compiled template with evaluated modules, conditions and loops (<c>bicep
/// snapshot</c>). Values that only Azure knows, such as a client id, remain expressions.
/// </summary>
internal sealed record Deployment(JsonArray Resources, JsonObject Outputs)
{
    /// <summary>Gets the variables that azd always sets.</summary>
    public static IReadOnlyDictionary<string, string> Minimal { get; } = new Dictionary<string, string>
    {
        ["AZURE_ENV_NAME"] = "test",
        ["AZURE_LOCATION"] = "westeurope",
    };

    /// <summary>Gets the variables with all options.</summary>
    public static IReadOnlyDictionary<string, string> Full { get; } = new Dictionary<string, string>(Minimal)
    {
        ["AZURE_PRINCIPAL_ID"] = "11111111-1111-1111-1111-111111111111",
        ["XQR_ALERT_EMAIL"] = "operators@xqr.example",
        ["XQR_ALWAYS_READY"] = "1",
        ["XQR_AUTH_ALLOW_WORKSPACE_CREATION"] = "true",
        ["XQR_AUTH_AUDIENCE"] = "xqr",
        ["XQR_AUTH_AUTHORITY"] = "https://login.xqr.example",
        ["XQR_AUTH_NEW_WORKSPACE_PLAN"] = "Pro",
        ["XQR_CUSTOM_DOMAIN"] = "go.xqr.example",
        ["XQR_FRONT_DOOR"] = "true",
        ["XQR_INSTANCE_MEMORY_MB"] = "2048",
        ["XQR_UPLOAD_ORIGINS"] = "https://dashboard.xqr.example",
    };

    private static readonly Lazy<Task<Deployment>> MinimalDeployment = new(() => ReadAsync(Minimal));
    private static readonly Lazy<Task<Deployment>> FullDeployment = new(() => ReadAsync(Full));

    /// <summary>Returns a copy of the deployment, which a test can change.</summary>
    public static async Task<Deployment> GetAsync(bool isFull)
    {
        var deployment = await (isFull ? FullDeployment : MinimalDeployment).Value;
        return new((JsonArray)deployment.Resources.DeepClone(), (JsonObject)deployment.Outputs.DeepClone());
    }

    public IEnumerable<JsonNode> Of(string type) => Resources.Where(resource => Text(resource!["type"]) == type)!;

    public JsonNode Account => Of("Microsoft.Storage/storageAccounts").Single();

    public JsonNode App => Of("Microsoft.Web/sites").Single();

    public JsonObject Settings => (JsonObject)Of("Microsoft.Web/sites/config").Single()["properties"]!;

    /// <summary>Returns the names of child resources without the names of their parents.</summary>
    public IEnumerable<string> NamesOf(string type) => Of(type).Select(resource => Text(resource["name"]).Split('/')[^1]);

    public static string Text(JsonNode? node) => node?.ToString() ?? "";

    private static async Task<Deployment> ReadAsync(IReadOnlyDictionary<string, string> environment)
    {
        // The command writes the snapshot beside the parameters.
        using var copy = new Bicep.Copy();
        var result = await Bicep.RunAsync(
            copy.Folder, environment, "snapshot", "main.bicepparam", "--mode", "overwrite",
            "--subscription-id", "00000000-0000-0000-0000-000000000001", "--tenant-id", "00000000-0000-0000-0000-000000000002",
            "--location", "westeurope");
        Assert.True(result.ExitCode == 0, result.Errors);
        var snapshot = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(copy.Folder, "main.snapshot.json")))!;
        Assert.Empty((JsonArray)snapshot["diagnostics"]!);
        return new((JsonArray)snapshot["predictedResources"]!, (JsonObject)snapshot["outputs"]!);
    }
}
