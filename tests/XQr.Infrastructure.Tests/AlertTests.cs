using System.Text.RegularExpressions;
using XQr.Testing;

namespace XQr.Infrastructure.Tests;

/// <summary>Alert rules match the metrics of the code and the sections of the runbook.</summary>
public sealed partial class AlertTests
{
    [Fact]
    public async Task Alerts_ReadMetricsOfTheCode()
    {
        string[] read = [.. (await QueriesAsync()).SelectMany(query => MetricName().Matches(query)).Select(match => match.Groups[1].Value)];

        Assert.Empty(read.Except(CodeNames.Metrics));
        Assert.Equal(
            ["xqr.background.failures", "xqr.rows.unreadable", "xqr.scans.lost", "xqr.scans.quarantined", "xqr.work.poisoned"],
            read.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EveryAlert_HasASectionInTheRunbook()
    {
        var deployment = await Deployment.GetAsync(isFull: true);
        string[] alerts =
        [
            .. deployment.NamesOf("Microsoft.Insights/scheduledQueryRules"),
            .. deployment.NamesOf("Microsoft.Insights/metricAlerts"),
        ];
        var lines = await File.ReadAllLinesAsync(Repository.PathOf("docs", "runbook.md"));
        var sections = lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]);

        Assert.Equal(alerts.Select(alert => alert["xqr-".Length..]).Order(StringComparer.Ordinal), sections.Order(StringComparer.Ordinal));
    }

    private static async Task<IEnumerable<string>> QueriesAsync()
    {
        var deployment = await Deployment.GetAsync(isFull: true);
        return deployment.Of("Microsoft.Insights/scheduledQueryRules")
            .Select(rule => Deployment.Text(rule["properties"]!["criteria"]!["allOf"]![0]!["query"]));
    }

    [GeneratedRegex("name == \"([a-z.]+)\"")]
    private static partial Regex MetricName();
}
