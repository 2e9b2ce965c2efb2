using System.Text.Json.Nodes;
using static XQr.Infrastructure.Tests.Deployment;

namespace XQr.Infrastructure.Tests;

/// <summary>Checks a deployment. Each check returns its errors.</summary>
internal static class DeploymentChecks
{
    /// <summary>The container of the deployment package, which the code does not use.</summary>
    private const string Deployments = "deployments";

    /// <summary>The only container with public blobs, if the code has it.</summary>
    private const string PublicAssets = "assets-public";

    /// <summary>The roles of the app. The documentation of the Functions host requires the first.</summary>
    private static readonly string[] AppRoles =
    [
        "app: Storage Blob Data Owner on storageAccounts",
        "app: Storage Queue Data Contributor on storageAccounts",
        "app: Storage Table Data Contributor on storageAccounts",
        "app: Monitoring Metrics Publisher on components",
    ];

    private static readonly string[] OperatorRoles =
    [
        "operator: Storage Blob Data Contributor on storageAccounts",
        "operator: Storage Queue Data Contributor on storageAccounts",
        "operator: Storage Table Data Contributor on storageAccounts",
    ];

    /// <summary>The built-in roles (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles).</summary>
    private static readonly Dictionary<string, string> RoleNames = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
    };

    /// <summary>The settings of the Functions host.</summary>
    private static readonly string[] HostSettings =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_CONNECTION_STRING", "AZURE_CLIENT_ID",
        "AzureFunctionsJobHost__extensions__http__maxConcurrentRequests", "AzureFunctionsJobHost__extensions__http__maxOutstandingRequests",
        "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__clientId", "AzureWebJobsStorage__credential",
    ];

    private static readonly string[] RequiredSettings = ["Xqr__PublicBaseUrl", "Xqr__Storage__AccountName"];

    private static readonly string[] VisitorSettings = ["Xqr__ClientIpHeader", "Xqr__CountryHeader"];

    /// <summary>The deployment has all settings of the sign-in.</summary>
    private const string AuthPrefix = "Xqr__Auth__";

    public static IEnumerable<string> Keys(Deployment deployment) =>
    [
        .. Expect(deployment.Account, "allowSharedKeyAccess", "false"),
        .. Expect(deployment.Account, "defaultToOAuthAuthentication", "true"),
        .. deployment.Of("Microsoft.Insights/components").SelectMany(insights => Expect(insights, "DisableLocalAuth", "true")),
        .. deployment.Of("Microsoft.OperationalInsights/workspaces").SelectMany(logs => Expect(logs, "features.disableLocalAuth", "true")),
        .. deployment.Of("Microsoft.Web/sites/basicPublishingCredentialsPolicies").SelectMany(policy => Expect(policy, "allow", "false")),
        .. Compare("basic authentication policy", ["ftp", "scm"], deployment.NamesOf("Microsoft.Web/sites/basicPublishingCredentialsPolicies")),
        .. Expect(deployment.App, "functionAppConfig.deployment.storage.authentication.type", "UserAssignedIdentity"),
    ];

    public static IEnumerable<string> Transport(Deployment deployment) =>
    [
        .. Expect(deployment.Account, "minimumTlsVersion", "TLS1_2"),
        .. Expect(deployment.Account, "supportsHttpsTrafficOnly", "true"),
        .. Expect(deployment.App, "httpsOnly", "true"),
        .. Expect(deployment.App, "siteConfig.minTlsVersion", "1.2"),
        .. Expect(deployment.App, "siteConfig.scmMinTlsVersion", "1.2"),
        .. Expect(deployment.App, "siteConfig.ftpsState", "Disabled"),
        .. deployment.Of("Microsoft.Cdn/profiles/customDomains").SelectMany(domain => Expect(domain, "tlsSettings.minimumTlsVersion", "TLS12")),
        .. deployment.Of("Microsoft.Cdn/profiles/afdEndpoints/routes").SelectMany(route => Expect(route, "forwardingProtocol", "HttpsOnly")),
        .. deployment.Of("Microsoft.Cdn/profiles/afdEndpoints/routes").SelectMany(route => Expect(route, "httpsRedirect", "Enabled")),
    ];

    public static IEnumerable<string> Roles(Deployment deployment, bool hasOperator) =>
        Compare(
            "role",
            hasOperator ? [.. AppRoles, .. OperatorRoles] : AppRoles,
            deployment.Of("Microsoft.Authorization/roleAssignments").Select(RoleOf));

    public static IEnumerable<string> Tables(Deployment deployment, IEnumerable<string> tables) =>
        Compare("table", tables, deployment.NamesOf("Microsoft.Storage/storageAccounts/tableServices/tables"));

    public static IEnumerable<string> Queues(Deployment deployment, IEnumerable<string> queues) =>
        Compare("queue", queues, deployment.NamesOf("Microsoft.Storage/storageAccounts/queueServices/queues"));

    public static IEnumerable<string> Containers(Deployment deployment, IReadOnlySet<string> containers)
    {
        const string Type = "Microsoft.Storage/storageAccounts/blobServices/containers";
        return
        [
            .. Compare("container", containers.Append(Deployments), deployment.NamesOf(Type)),
            .. Expect(deployment.Account, "allowBlobPublicAccess", containers.Contains(PublicAssets) ? "true" : "false"),
            .. deployment.Of(Type).SelectMany(container =>
                Expect(container, "publicAccess", Text(container["name"]).EndsWith($"/{PublicAssets}", StringComparison.Ordinal) ? "Blob" : "None")),
        ];
    }

    public static IEnumerable<string> Settings(Deployment deployment, IReadOnlySet<string> settings, bool isFull)
    {
        var auth = settings.Where(name => name.StartsWith(AuthPrefix, StringComparison.Ordinal));
        string[] optional = isFull ? [.. VisitorSettings, .. auth] : [];
        string[] expected = [.. HostSettings, .. RequiredSettings, .. optional];
        return
        [
            .. Compare("setting", expected, deployment.Settings.Select(setting => setting.Key)),
            .. expected.Except(HostSettings).Except(settings).Select(name => $"no option for {name}"),
        ];
    }

    public static IEnumerable<string> Outputs(Deployment deployment, IEnumerable<string> used) =>
        used.Except(deployment.Outputs.Select(output => output.Key)).Select(name => $"missing output {name}");

    public static IEnumerable<string> FrontDoor(Deployment deployment, bool isBehindFrontDoor)
    {
        var rules = deployment.App["properties"]!["siteConfig"]!["ipSecurityRestrictions"] as JsonArray ?? [];
        return
        [
            .. Expect(deployment.App, "siteConfig.ipSecurityRestrictionsDefaultAction", isBehindFrontDoor ? "Deny" : "Allow"),
            .. Compare(
                "access restriction",
                isBehindFrontDoor ? ["AzureFrontDoor.Backend with x-azure-fdid"] : [],
                rules.Select(rule => $"{rule!["ipAddress"]} with {string.Join(',', ((JsonObject)rule["headers"]!).Select(header => header.Key))}")),
        ];
    }

    private static string RoleOf(JsonNode assignment)
    {
        var (properties, id) = (assignment["properties"]!, Text(assignment["id"]));
        var principal = Text(properties["principalId"]).Contains("userAssignedIdentities", StringComparison.Ordinal) ? "app" : "operator";
        var role = Text(properties["roleDefinitionId"]).Split('/')[^1];
        var scope = id[..id.IndexOf("/providers/Microsoft.Authorization", StringComparison.Ordinal)].Split('/')[^2];
        return $"{principal}: {RoleNames.GetValueOrDefault(role, role)} on {scope}";
    }

    private static IEnumerable<string> Expect(JsonNode resource, string path, string expected)
    {
        var found = path.Split('.').Aggregate(resource["properties"], (node, name) => node?[name]);
        return Text(found).Equals(expected, StringComparison.OrdinalIgnoreCase)
            ? []
            : [$"{resource["type"]} {path} is '{found}' instead of '{expected}'"];
    }

    private static IEnumerable<string> Compare(string kind, IEnumerable<string> expected, IEnumerable<string> found)
    {
        string[] all = [.. found];
        return
        [
            .. expected.Except(all).Select(name => $"missing {kind} {name}"),
            .. all.Except(expected).Select(name => $"unexpected {kind} {name}"),
            .. all.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => $"duplicate {kind} {group.Key}"),
        ];
    }
}
