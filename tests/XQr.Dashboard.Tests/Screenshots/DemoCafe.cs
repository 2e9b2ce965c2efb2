using System.Text.Json;
using XQr.Api.Analytics.Aggregation;
using XQr.Api.Analytics.Scans;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Dashboard.Tests.Screenshots;

/// <summary>A workspace that looks like one in use: links of the last ten weeks, and their scans of each day.</summary>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="LinkId">The link with the most scans.</param>
internal sealed record DemoCafe(string WorkspaceId, string LinkId)
{
    public const string Owner = "anna.berger@cafe-sonne.example";
    public const string OwnerName = "Anna Berger";
    public const string PublicBaseUrl = "https://sonne.example";

    private const int Days = 70;
    private const int DaysBetween = 5;

    private static readonly (string Slug, string Path, string[] Labels, int ScansADay)[] Links =
    [
        ("wifi", "/guests/wifi", ["tables"], 6),
        ("jobs", "/jobs", ["print", "winter"], 2),
        ("instagram", "/instagram", ["social"], 9),
        ("reserve", "/reservations", ["website", "print"], 14),
        ("brunch", "/menus/brunch", ["tables", "weekend"], 11),
        ("gift-card", "/shop/gift-cards", ["winter", "print"], 4),
        ("review", "/google-review", ["tables", "bill"], 5),
        ("menu", "/menus/winter?source=table", ["tables", "winter"], 42),
        ("cake-of-the-week", "/cakes/current", ["window"], 8),
        ("advent", "/events/advent-concert", ["poster", "winter"], 17),
    ];

    public static async Task<DemoCafe> CreateAsync(XQrApplication application, OffsetTime time)
    {
        time.Advance(TimeSpan.FromDays(-Days));
        var draft = new WorkspaceDraft("Café Sonne", Plan.Business, OwnerEmail: Owner);
        var workspace = await application.Service<WorkspaceStore>().CreateAsync(draft, TestContext.Current.CancellationToken);
        using var client = application.NewClient(await application.NewKeyAsync(workspace.Id));
        List<Scan> scans = [];
        var created = new Dictionary<string, string>();
        foreach (var (slug, path, labels, daily) in Links)
        {
            var link = await client.NewLinkAsync(JsonSerializer.Serialize(
                new { url = $"https://cafe-sonne.example{path}", custom_slug = slug, labels, routing_rules = Rules(slug) }));
            created[slug] = link.Text("id");
            scans.AddRange(ScansOf(link.GetProperty("id").GetGuid(), time.GetUtcNow(), Days - DaysBetween * (created.Count - 1), daily));
            time.Advance(TimeSpan.FromDays(DaysBetween));
        }

        time.Advance(TimeSpan.FromDays(Days - DaysBetween * Links.Length));
        await StoreAsync(application, workspace.Id, scans);
        await client.PatchJsonAsync($"/api/v1/links/{created["jobs"]}", """{"enabled":false}""");
        await client.PatchJsonAsync($"/api/v1/links/{created["advent"]}", $$"""{"expires_at":"{{time.GetUtcNow().AddDays(6):O}}"}""");
        return new(workspace.Id, created["menu"]);
    }

    private static object[] Rules(string slug) => slug == "menu"
        ? [new { destination = "https://cafe-sonne.example/en/menus/winter", priority = 1, conditions = new { countries = (string[])["US", "GB"] } }]
        : [];

    /// <summary>Returns about as many scans for each day, most of them on weekends and at lunch; always the same ones.</summary>
    private static IEnumerable<Scan> ScansOf(Guid link, DateTimeOffset since, int days, int daily)
    {
        var random = new Random(daily);
        for (var day = 0; day <= days; day++)
        {
            var date = since.AddDays(day);
            var isWeekend = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            var count = daily * (isWeekend ? 1.7 : 1) * (0.7 + 0.6 * random.NextDouble()) * (0.75 + 0.25 * day / days);
            for (var scan = 0; scan < count; scan++)
            {
                var at = new DateTimeOffset(date.Date, TimeSpan.Zero).AddHours(8).AddMinutes((random.NextDouble() + random.NextDouble()) * 400);
                var isPhone = random.Next(8) > 0;
                if (at < since || at >= since.AddDays(days))
                {
                    continue;
                }

                yield return new(
                    link,
                    at,
                    Pick("DE", "DE", "DE", "DE", "AT", "CH", "FR", "US"),
                    isPhone ? "mobile" : "desktop",
                    Pick("Safari", "Chrome", "Chrome", "Firefox"),
                    isPhone ? Pick("iOS", "Android") : Pick("Windows", "macOS"),
                    Pick("direct", "direct", "direct", "instagram.com", "google.com"),
                    (ulong)random.NextInt64(1, 400) * 0x9E37_79B9_7F4A_7C15);
            }
        }

        string Pick(params string[] of) => of[random.Next(of.Length)];
    }

    private static async Task StoreAsync(XQrApplication application, string workspaceId, List<Scan> scans)
    {
        var tallies = new WriterTallies();
        foreach (var batch in ScanBatch.Divide(scans, tallies.NewName))
        {
            await application.Service<ScanStore>().AppendAsync(workspaceId, batch, tallies, TestContext.Current.CancellationToken);
        }

        await application.Service<ScanAggregator>().CompleteAsync(workspaceId, budget: null, TestContext.Current.CancellationToken);
    }
}
