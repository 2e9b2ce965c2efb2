namespace XQr.Api.Tenancy;

/// <summary>The limits and features of each plan (section <c>Xqr:Plans</c>).</summary>
public sealed class PlansOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = "Xqr:Plans";

    /// <summary>Gets or sets the plan without access to the API.</summary>
    public PlanOptions Free { get; set; } = new()
    {
        ApiKeys = 0,
        CallsPerMonth = 0,
        BurstPerSecond = 0,
        LinksPerMonth = 50,
        DynamicQr = 25,
        QrTemplates = 3,
        BioPages = 1,
        StorageMb = 50,
        WebhookEndpoints = 0,
        Features = new() { ApiAccess = false, RoutingRules = false, CsvExport = false, BulkOps = false, AdFree = false },
    };

    /// <summary>Gets or sets the plan of a small team.</summary>
    public PlanOptions Pro { get; set; } = new()
    {
        ApiKeys = 2,
        CallsPerMonth = 1_000,
        BurstPerSecond = 10,
        LinksPerMonth = 5_000,
        DynamicQr = 500,
        QrTemplates = 100,
        BioPages = 25,
        StorageMb = 500,
        WebhookEndpoints = 3,
    };

    /// <summary>Gets or sets the plan of a company.</summary>
    public PlanOptions Business { get; set; } = new()
    {
        ApiKeys = 10,
        CallsPerMonth = 25_000,
        BurstPerSecond = 50,
        LinksPerMonth = 50_000,
        DynamicQr = 10_000,
        QrTemplates = 1_000,
        BioPages = 250,
        StorageMb = 5_000,
        WebhookEndpoints = 20,
    };

    /// <summary>Gets or sets the plan with the fewest limits.</summary>
    public PlanOptions Enterprise { get; set; } = new() { CallsPerMonth = 100_000, BurstPerSecond = 200 };

    internal PlanOptions this[Plan plan] => plan switch
    {
        Plan.Free => Free,
        Plan.Pro => Pro,
        Plan.Business => Business,
        _ => Enterprise,
    };
}

/// <summary>The limits of one plan. Null stands for no limit, and in configuration also -1.</summary>
public sealed class PlanOptions
{
    /// <summary>Gets or sets the number of API keys that are neither revoked nor expired.</summary>
    public int? ApiKeys { get; set; }

    /// <summary>Gets or sets the API calls of a workspace in a calendar month (UTC).</summary>
    public int? CallsPerMonth { get; set; }

    /// <summary>Gets or sets the requests of one key in a second. The limit of a minute is 60 times as many.</summary>
    public int? BurstPerSecond { get; set; }

    /// <summary>Gets or sets the links created in a calendar month (UTC).</summary>
    public int? LinksPerMonth { get; set; }

    /// <summary>Gets or sets the number of existing links whose QR code was rendered at least once.</summary>
    public int? DynamicQr { get; set; }

    /// <summary>Gets or sets the number of QR templates.</summary>
    public int? QrTemplates { get; set; }

    /// <summary>Gets or sets the number of bio pages.</summary>
    public int? BioPages { get; set; }

    /// <summary>Gets or sets the size of all assets in MiB.</summary>
    public int? StorageMb { get; set; }

    /// <summary>Gets or sets the number of webhook endpoints.</summary>
    public int? WebhookEndpoints { get; set; }

    /// <summary>Gets or sets the features of the plan.</summary>
    public PlanFeatures Features { get; set; } = new();

    internal void Normalise()
    {
        ApiKeys = Unlimited(ApiKeys);
        CallsPerMonth = Unlimited(CallsPerMonth);
        BurstPerSecond = Unlimited(BurstPerSecond);
        LinksPerMonth = Unlimited(LinksPerMonth);
        DynamicQr = Unlimited(DynamicQr);
        QrTemplates = Unlimited(QrTemplates);
        BioPages = Unlimited(BioPages);
        StorageMb = Unlimited(StorageMb);
        WebhookEndpoints = Unlimited(WebhookEndpoints);

        static int? Unlimited(int? limit) => limit < 0 ? null : limit;
    }
}
