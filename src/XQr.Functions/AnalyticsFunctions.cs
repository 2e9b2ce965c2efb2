using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace XQr.Functions;

/// <summary>Defines the HTTP triggers of analytics.</summary>
/// <param name="app">The pipeline of the application.</param>
public sealed class AnalyticsFunctions(XQrPipeline app)
{
    /// <summary>Handles requests to <c>/api/v1/analytics/summary</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("AnalyticsSummary")]
    public Task SummaryAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/analytics/summary")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/analytics/timeseries</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("AnalyticsTimeseries")]
    public Task TimeseriesAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/analytics/timeseries")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/analytics/geography</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("AnalyticsGeography")]
    public Task GeographyAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/analytics/geography")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/analytics/devices</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("AnalyticsDevices")]
    public Task DevicesAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/analytics/devices")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/analytics/browsers</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("AnalyticsBrowsers")]
    public Task BrowsersAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/analytics/browsers")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/analytics/os</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("AnalyticsOs")]
    public Task OsAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/analytics/os")] HttpRequest request) => app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/analytics/referrers</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("AnalyticsReferrers")]
    public Task ReferrersAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/analytics/referrers")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/analytics/labels</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("AnalyticsLabels")]
    public Task LabelsAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/analytics/labels")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/analytics/top-links</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("AnalyticsTopLinks")]
    public Task TopLinksAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/analytics/top-links")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/analytics/links/{id}</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("AnalyticsLink")]
    public Task LinkAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/analytics/links/{link_id:guid}")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/analytics/links/{id}/stats</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("AnalyticsLinkStats")]
    public Task LinkStatsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/analytics/links/{link_id:guid}/stats")] HttpRequest request) =>
        app.RunAsync(request);

    /// <summary>Handles requests to <c>/api/v1/analytics/export</c>.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("AnalyticsExport")]
    public Task ExportAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/v1/analytics/export")] HttpRequest request) =>
        app.RunAsync(request);
}
