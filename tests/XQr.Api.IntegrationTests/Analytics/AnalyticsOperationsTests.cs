using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using XQr.Api.Analytics;
using XQr.Api.Analytics.Scans;
using XQr.Api.Analytics.Statistics;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>Operations serve callers without an HTTP request.</summary>
public sealed class AnalyticsOperationsTests(ServiceFixture service)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_AreRanked()
    {
        var (caller, link) = await NewScansAsync("DE", "US", "AT", "US");

        var counts = await Operations.CountAsync(caller, Dimension.Country, Query($"period=all&link_id={link}"), Cancellation);

        Assert.Equal([new("US", 2), new("AT", 1), new("DE", 1)], counts.Value!.Value);
    }

    [Fact]
    public async Task InvalidParameters_AreAnError()
    {
        var (caller, link) = await NewScansAsync();

        var summary = await Operations.GetSummaryAsync(caller, Query("period=1d&include_bots=maybe"), Cancellation);
        var counts = await Operations.CountAsync(caller, Dimension.Os, Query($"link_id={Guid.NewGuid()}"), Cancellation);
        var statistics = await Operations.GetLinkAsync(caller, $"{link}x", Query(""), Cancellation);

        Assert.Equal(
            ("VALIDATION_ERROR", "NOT_FOUND", "NOT_FOUND"),
            (summary.Error!.Code, counts.Error!.Code, statistics.Error!.Code));
    }

    /// <summary>The plan is checked although the operation is not called through the endpoint, which requires the feature too.</summary>
    [Fact]
    public async Task ExportWithoutTheFeature_IsRefused()
    {
        var (caller, _) = await NewScansAsync("DE");
        var exports = service.Application.Service<ExportOperations>();
        var free = new Caller(caller.Workspace, service.Application.Service<PlansOptions>()[Plan.Free], Actor.Operator);

        Assert.Equal("FEATURE_NOT_AVAILABLE", (await exports.ExportAsync(free, Query(""), Cancellation)).Error?.Code);

        var export = await exports.ExportAsync(caller, Query("from_date=2026-03-28&to_date=2026-03-28"), Cancellation);
        Assert.Equal("DE", Assert.Single(await export.Value!.Value.Scans.ToListAsync(Cancellation)).Country);
    }

    private AnalyticsOperations Operations => service.Application.Service<AnalyticsOperations>();

    private static QueryCollection Query(string query) => new(QueryHelpers.ParseQuery(query));

    /// <summary>Creates a workspace with a link that has a scan from each country.</summary>
    private async Task<(Caller Caller, Guid Link)> NewScansAsync(params string[] countries)
    {
        var (created, links) = await service.NewLinksAsync(1);
        await service.Application.StoreScansAsync(created.Id, countries.Select(country =>
            new Scan(links[0], ScanSeed.Start, country, "mobile", "Safari", "iOS", "direct")));
        var workspace = (await service.Application.Service<WorkspaceStore>().FindAsync(created.Id, Cancellation))!;
        return (new(workspace, service.Application.Service<PlansOptions>()[workspace.Plan], Actor.Operator), links[0]);
    }
}
