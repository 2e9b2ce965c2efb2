using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XQr.Testing;

namespace XQr.Infrastructure.Tests;

/// <summary>What the compiled template declares, and that each check reports what it is there for.</summary>
public sealed partial class DeploymentTests
{

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Deployment_HasNoFault(bool whole)
    {
        var deployment = await Deployment.GetAsync(whole);

        string[] faults =
        [
            .. Faults.OfKeys(deployment),
            .. Faults.OfTransport(deployment),
            .. Faults.OfRoles(deployment, hasOperator: whole),
            .. Faults.OfTables(deployment, CodeNames.Tables),
            .. Faults.OfContainers(deployment, CodeNames.Containers),
            .. Faults.OfSettings(deployment, CodeNames.Settings, isWhole: whole),
            .. Faults.OfFrontDoor(deployment, isBehindFrontDoor: whole),
            .. Faults.OfOutputs(deployment, UsedOutputs()),
        ];
        Assert.True(faults.Length == 0, string.Join(Environment.NewLine, faults));
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
        Assert.NotEmpty(Faults.OfKeys(await ChangeAsync(type, property, value)));

    [Theory]
    [InlineData("Microsoft.Storage/storageAccounts", "minimumTlsVersion", "\"TLS1_0\"")]
    [InlineData("Microsoft.Storage/storageAccounts", "supportsHttpsTrafficOnly", "false")]
    [InlineData("Microsoft.Web/sites", "httpsOnly", "false")]
    [InlineData("Microsoft.Web/sites", "siteConfig", """{"minTlsVersion": "1.0"}""")]
    [InlineData("Microsoft.Cdn/profiles/afdEndpoints/routes", "forwardingProtocol", "\"MatchRequest\"")]
    public async Task Transport_Weakened_IsReported(string type, string property, string value) =>
        Assert.NotEmpty(Faults.OfTransport(await ChangeAsync(type, property, value)));

    [Fact]
    public async Task Role_DroppedOrAddedOrMoved_IsReported()
    {
        for (var index = 0; index < 5; index++)
        {
            var (dropped, changed) = (await Deployment.GetAsync(whole: true), await Deployment.GetAsync(whole: true));
            dropped.Resources.Remove(dropped.Of("Microsoft.Authorization/roleAssignments").ElementAt(index));
            Assert.Single(Faults.OfRoles(dropped, hasOperator: true));

            changed.Of("Microsoft.Authorization/roleAssignments").ElementAt(index)["properties"]!["roleDefinitionId"] = "/8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
            Assert.Equal(2, Faults.OfRoles(changed, hasOperator: true).Count());
        }
    }

    [Fact]
    public async Task Table_RenamedOrMissing_IsReported()
    {
        var deployment = await Deployment.GetAsync(whole: false);
        deployment.Of("Microsoft.Storage/storageAccounts/tableServices/tables").First()["name"] = "account/default/Renamed";

        Assert.Equal(2, Faults.OfTables(deployment, CodeNames.Tables).Count());
    }

    [Fact]
    public async Task Container_MissingOrPublic_IsReported()
    {
        var deployment = await Deployment.GetAsync(whole: false);
        Assert.Contains("no container another", Faults.OfContainers(deployment, CodeNames.Containers.Append("another").ToHashSet()));

        deployment = await ChangeAsync("Microsoft.Storage/storageAccounts/blobServices/containers", "publicAccess", "\"Blob\"");
        Assert.NotEmpty(Faults.OfContainers(deployment, CodeNames.Containers));
    }

    [Fact]
    public async Task Setting_MissingOrUnknown_IsReported()
    {
        var deployment = await Deployment.GetAsync(whole: false);
        deployment.Settings.Remove("Xqr__PublicBaseUrl");
        deployment.Settings["Xqr__Storage__Account"] = "misspelt";

        Assert.Equal(
            ["no setting Xqr__PublicBaseUrl", "setting Xqr__Storage__Account too many"], Faults.OfSettings(deployment, CodeNames.Settings, isWhole: false));
        Assert.NotEmpty(Faults.OfSettings(await Deployment.GetAsync(whole: false), CodeNames.Settings.Except(["Xqr__PublicBaseUrl"]).ToHashSet(), isWhole: false));
    }

    [Fact]
    public async Task WayInBesideFrontDoor_IsReported()
    {
        var deployment = await Deployment.GetAsync(whole: true);
        deployment.App["properties"]!["siteConfig"]!["ipSecurityRestrictionsDefaultAction"] = "Allow";

        Assert.Single(Faults.OfFrontDoor(deployment, isBehindFrontDoor: true));
    }

    [Fact]
    public async Task Output_Missing_IsReported() =>
        Assert.Equal(["no output XQR_NOWHERE"], Faults.OfOutputs(await Deployment.GetAsync(whole: false), ["XQR_NOWHERE", .. UsedOutputs()]));

    [Fact]
    public async Task CountryOfVisitor_IsOverwrittenUnderTheNameThatTheAppReads()
    {
        var deployment = await Deployment.GetAsync(whole: true);

        var action = deployment.Of("Microsoft.Cdn/profiles/ruleSets/rules").Single()["properties"]!["actions"]![0]!["parameters"]!;
        Assert.Equal("Overwrite", Deployment.Text(action["headerAction"]));
        Assert.Equal(Deployment.Text(deployment.Settings["Xqr__CountryHeader"]), Deployment.Text(action["headerName"]));
    }

    /// <summary>A held place must not keep others out, so there are as many as the memory carries, and none waits for one.</summary>
    [Theory]
    [InlineData(false, 2048)]
    [InlineData(true, 8192)]
    public async Task RequestsAtATime_FollowTheMemoryOfAnInstance(bool whole, int expected)
    {
        var deployment = await Deployment.GetAsync(whole);

        foreach (var name in (string[])["maxConcurrentRequests", "maxOutstandingRequests"])
        {
            Assert.Equal($"{expected}", Deployment.Text(deployment.Settings[$"AzureFunctionsJobHost__extensions__http__{name}"]));
        }
    }

    [Fact]
    public async Task Service_IsTheOneOfAzd()
    {
        var deployment = await Deployment.GetAsync(whole: false);
        var azd = await File.ReadAllTextAsync(Repository.PathOf("azure.yaml"));

        Assert.Contains($"services:\n  {deployment.App["tags"]!["azd-service-name"]}:\n", azd, StringComparison.Ordinal);
    }

    /// <summary>The outputs that azure.yaml hands to the smoke test.</summary>
    private static IEnumerable<string> UsedOutputs() =>
        OutputName().Matches(File.ReadAllText(Repository.PathOf("azure.yaml"))).Select(match => match.Groups[1].Value);

    private static async Task<Deployment> ChangeAsync(string type, string property, string value)
    {
        var deployment = await Deployment.GetAsync(whole: true);
        deployment.Of(type).First()["properties"]![property] = JsonNode.Parse(value);
        return deployment;
    }

    [GeneratedRegex("""\$\{?([A-Z][A-Z0-9_]+)""")]
    private static partial Regex OutputName();
}
