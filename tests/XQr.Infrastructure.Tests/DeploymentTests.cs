using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XQr.Testing;

namespace XQr.Infrastructure.Tests;

/// <summary>The compiled template passes all checks, and each check reports its errors.</summary>
public sealed partial class DeploymentTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Deployment_IsValid(bool isFull)
    {
        var deployment = await Deployment.GetAsync(isFull);

        string[] errors =
        [
            .. DeploymentChecks.Keys(deployment),
            .. DeploymentChecks.Transport(deployment),
            .. DeploymentChecks.Roles(deployment, hasOperator: isFull),
            .. DeploymentChecks.Tables(deployment, CodeNames.Tables),
            .. DeploymentChecks.Queues(deployment, CodeNames.Queues),
            .. DeploymentChecks.Containers(deployment, CodeNames.Containers),
            .. DeploymentChecks.Settings(deployment, CodeNames.Settings, isFull),
            .. DeploymentChecks.FrontDoor(deployment, isBehindFrontDoor: isFull),
            .. DeploymentChecks.Outputs(deployment, UsedOutputs()),
        ];
        Assert.True(errors.Length == 0, string.Join(Environment.NewLine, errors));
    }

    [Fact]
    public void NamesOfTheCode_AreFound()
    {
        Assert.Contains("ShortCodes", CodeNames.Tables);
        Assert.Contains("Xqr__Storage__AccountName", CodeNames.Settings);
        Assert.Contains("Xqr__Plans__Pro__CallsPerMonth", CodeNames.Settings);
        Assert.NotEmpty(UsedOutputs());
    }

    [Theory]
    [InlineData("Microsoft.Storage/storageAccounts", "allowSharedKeyAccess", "true")]
    [InlineData("Microsoft.Insights/components", "DisableLocalAuth", "false")]
    [InlineData("Microsoft.OperationalInsights/workspaces", "features", "{}")]
    [InlineData("Microsoft.Web/sites/basicPublishingCredentialsPolicies", "allow", "true")]
    public async Task Keys_TurnedOn_AreReported(string type, string property, string value) =>
        Assert.NotEmpty(DeploymentChecks.Keys(await ChangeAsync(type, property, value)));

    [Theory]
    [InlineData("Microsoft.Storage/storageAccounts", "minimumTlsVersion", "\"TLS1_0\"")]
    [InlineData("Microsoft.Storage/storageAccounts", "supportsHttpsTrafficOnly", "false")]
    [InlineData("Microsoft.Web/sites", "httpsOnly", "false")]
    [InlineData("Microsoft.Web/sites", "siteConfig", """{"minTlsVersion": "1.0"}""")]
    [InlineData("Microsoft.Cdn/profiles/afdEndpoints/routes", "forwardingProtocol", "\"MatchRequest\"")]
    public async Task Transport_Weakened_IsReported(string type, string property, string value) =>
        Assert.NotEmpty(DeploymentChecks.Transport(await ChangeAsync(type, property, value)));

    [Fact]
    public async Task Role_RemovedOrChanged_IsReported()
    {
        for (var index = 0; index < 7; index++)
        {
            var (dropped, changed) = (await Deployment.GetAsync(isFull: true), await Deployment.GetAsync(isFull: true));
            dropped.Resources.Remove(dropped.Of("Microsoft.Authorization/roleAssignments").ElementAt(index));
            Assert.Single(DeploymentChecks.Roles(dropped, hasOperator: true));

            var assignment = changed.Of("Microsoft.Authorization/roleAssignments").ElementAt(index);
            assignment["properties"]!["roleDefinitionId"] = "/8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
            Assert.Equal(2, DeploymentChecks.Roles(changed, hasOperator: true).Count());
        }
    }

    [Fact]
    public async Task Table_RenamedOrMissing_IsReported()
    {
        var deployment = await Deployment.GetAsync(isFull: false);
        deployment.Of("Microsoft.Storage/storageAccounts/tableServices/tables").First()["name"] = "account/default/Renamed";

        Assert.Equal(2, DeploymentChecks.Tables(deployment, CodeNames.Tables).Count());
    }

    [Fact]
    public async Task Queue_RenamedOrMissing_IsReported()
    {
        var deployment = await Deployment.GetAsync(isFull: false);
        deployment.Of("Microsoft.Storage/storageAccounts/queueServices/queues").First()["name"] = "account/default/renamed";

        Assert.Equal(2, DeploymentChecks.Queues(deployment, CodeNames.Queues).Count());
    }

    [Fact]
    public async Task Container_MissingOrPublic_IsReported()
    {
        var deployment = await Deployment.GetAsync(isFull: false);
        Assert.Contains("missing container another", DeploymentChecks.Containers(deployment, CodeNames.Containers.Append("another").ToHashSet()));

        deployment = await ChangeAsync("Microsoft.Storage/storageAccounts/blobServices/containers", "publicAccess", "\"Blob\"");
        Assert.NotEmpty(DeploymentChecks.Containers(deployment, CodeNames.Containers));
    }

    [Fact]
    public async Task Setting_MissingOrUnknown_IsReported()
    {
        var deployment = await Deployment.GetAsync(isFull: false);
        deployment.Settings.Remove("Xqr__PublicBaseUrl");
        deployment.Settings["Xqr__Storage__Account"] = "misspelt";

        Assert.Equal(
            ["missing setting Xqr__PublicBaseUrl", "unexpected setting Xqr__Storage__Account"],
            DeploymentChecks.Settings(deployment, CodeNames.Settings, isFull: false));
        var otherSettings = CodeNames.Settings.Except(["Xqr__PublicBaseUrl"]).ToHashSet();
        Assert.NotEmpty(DeploymentChecks.Settings(await Deployment.GetAsync(isFull: false), otherSettings, isFull: false));
    }

    [Fact]
    public async Task AccessWithoutFrontDoor_IsReported()
    {
        var deployment = await Deployment.GetAsync(isFull: true);
        deployment.App["properties"]!["siteConfig"]!["ipSecurityRestrictionsDefaultAction"] = "Allow";

        Assert.Single(DeploymentChecks.FrontDoor(deployment, isBehindFrontDoor: true));
    }

    [Fact]
    public async Task Output_Missing_IsReported() =>
        Assert.Equal(
            ["missing output XQR_NOWHERE"],
            DeploymentChecks.Outputs(await Deployment.GetAsync(isFull: false), ["XQR_NOWHERE", .. UsedOutputs()]));

    [Fact]
    public async Task CountryHeader_IsOverwritten_UnderTheConfiguredName()
    {
        var deployment = await Deployment.GetAsync(isFull: true);

        var action = deployment.Of("Microsoft.Cdn/profiles/ruleSets/rules").Single()["properties"]!["actions"]![0]!["parameters"]!;
        Assert.Equal("Overwrite", Deployment.Text(action["headerAction"]));
        Assert.Equal(Deployment.Text(deployment.Settings["Xqr__CountryHeader"]), Deployment.Text(action["headerName"]));
    }

    /// <summary>Slow requests must not block others, so the limit is what the memory allows, and requests do not wait in a queue.</summary>
    [Theory]
    [InlineData(false, 2048)]
    [InlineData(true, 8192)]
    public async Task ConcurrentRequests_DependOnTheMemoryOfAnInstance(bool isFull, int expected)
    {
        var deployment = await Deployment.GetAsync(isFull);

        foreach (var name in (string[])["maxConcurrentRequests", "maxOutstandingRequests"])
        {
            Assert.Equal($"{expected}", Deployment.Text(deployment.Settings[$"AzureFunctionsJobHost__extensions__http__{name}"]));
        }
    }

    [Fact]
    public async Task Service_HasTheNameInAzureYaml()
    {
        var deployment = await Deployment.GetAsync(isFull: false);
        var azd = await File.ReadAllTextAsync(Repository.PathOf("azure.yaml"));

        Assert.Contains($"services:\n  {deployment.App["tags"]!["azd-service-name"]}:\n", azd, StringComparison.Ordinal);
    }

    /// <summary>Returns the outputs that azure.yaml passes to the smoke test.</summary>
    private static IEnumerable<string> UsedOutputs() =>
        OutputName().Matches(File.ReadAllText(Repository.PathOf("azure.yaml"))).Select(match => match.Groups[1].Value);

    private static async Task<Deployment> ChangeAsync(string type, string property, string value)
    {
        var deployment = await Deployment.GetAsync(isFull: true);
        deployment.Of(type).First()["properties"]![property] = JsonNode.Parse(value);
        return deployment;
    }

    [GeneratedRegex("""\$\{?([A-Z][A-Z0-9_]+)""")]
    private static partial Regex OutputName();
}
