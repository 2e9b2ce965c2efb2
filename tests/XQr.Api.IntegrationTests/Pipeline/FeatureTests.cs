using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Api.Pipeline.Keys;
using XQr.Api.Pipeline.RateLimits;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>Endpoints that are there only for plans with a feature.</summary>
public sealed class FeatureTests(ServiceFixture service)
{
    [Theory]
    [InlineData("false", 403, 1_000)]
    [InlineData("true", 200, 999)]
    public async Task Feature_IsAskedForBeforeLimitsAndScope(string hasFeature, int status, int quotaRemaining)
    {
        await using var instance = await service.StartAnotherAsync(
            new Dictionary<string, string?> { ["Xqr:Plans:Pro:Features:BulkOps"] = hasFeature });
        var workspace = await instance.NewWorkspaceAsync(Plan.Pro);
        var context = new DefaultHttpContext();
        context.Response.Body = new MemoryStream();
        var caller = await instance.Service<CallerCache>().FindAsync(workspace.Key.Substring(7, 8), CancellationToken.None);
        context.Features.Set(new ApiContext("req_0") { Caller = caller });
        context.SetEndpoint(new(null, new(new RequiredScope(Scopes.LinksWrite), new RequiredFeature(PlanFeature.BulkOps)), "bulk"));

        await new LimitsMiddleware(_ => Task.CompletedTask, instance.Service<RateLimiter>(), TimeProvider.System).InvokeAsync(context);

        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal(quotaRemaining, int.Parse(context.Response.Headers["X-Quota-Remaining"]!));
        Assert.Equal(quotaRemaining == 1_000 ? "600" : "599", context.Response.Headers["X-RateLimit-Remaining"]);
        if (status == 403)
        {
            context.Response.Body.Position = 0;
            var error = (await JsonDocument.ParseAsync(context.Response.Body)).RootElement.GetProperty("error");
            Assert.Equal("FEATURE_NOT_AVAILABLE", error.Text("code"));
            Assert.Contains("bulk_ops", error.Text("message"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task PlanWithoutApiAccess_RefusesItsKeys()
    {
        await using var instance = await service.StartAnotherAsync(
            new Dictionary<string, string?> { ["Xqr:Plans:Pro:Features:ApiAccess"] = "false" });
        var workspace = await instance.NewWorkspaceAsync(Plan.Pro);

        var response = await workspace.Client.GetAsync("/api/v1/links");

        var error = await response.ErrorAsync(HttpStatusCode.Forbidden, "FEATURE_NOT_AVAILABLE");
        Assert.Contains("no access to the API", error.Text("message"), StringComparison.Ordinal);
        Assert.Equal("0", response.Header("X-RateLimit-Limit"));
    }

    [Fact]
    public void Features_NoneForFreeAllForTheOthers()
    {
        var plans = new PlansOptions();

        Assert.All(Enum.GetValues<PlanFeature>(), feature => Assert.False(plans.Free.Features.Has(feature)));
        Assert.All(
            from plan in (Plan[])[Plan.Pro, Plan.Business, Plan.Enterprise]
            from feature in Enum.GetValues<PlanFeature>()
            select plans[plan].Features.Has(feature),
            Assert.True);
    }
}
