using System.Text.Json;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Links;

/// <summary>The operations without HTTP, as the dashboard, tools and commands call them.</summary>
public sealed class LinkOperationsTests(ServiceFixture service)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LinkOperations Operations => service.Application.Service<LinkOperations>();

    private LinkBulkOperations BulkOperations => service.Application.Service<LinkBulkOperations>();

    [Fact]
    public async Task Link_IsCreatedChangedListedAndDeleted()
    {
        var caller = await NewCallerAsync(new PlanOptions());

        var created = (await CreateAsync(caller, """{"url":"https://example.com/"}""")).Value!;
        var id = created.Id.ToString();
        var changed = (await Operations.UpdateAsync(caller, id, JsonElement.Parse("""{"enabled":false}"""), IfMatch.Any, Token)).Value!;
        var (links, total) = await Operations.ListAsync(caller, new(Enabled: false), new(), Token);
        var deleted = await Operations.DeleteAsync(caller, id, IfMatch.Any, Token);

        Assert.Equal((created.Id, false), (changed.Id, changed.Enabled));
        Assert.Equal((created.Id, 1), (Assert.Single(links).Id, total));
        Assert.True(deleted.Succeeded);
        Assert.Equal("NOT_FOUND", (await Operations.GetAsync(caller, id, Token)).Error?.Code);
    }

    [Fact]
    public async Task TagOfAForm_ProtectsLaterChanges()
    {
        var caller = await NewCallerAsync(new PlanOptions());
        var created = (await CreateAsync(caller, """{"url":"https://example.com/"}""")).Value!;
        var (id, shown, body) = (created.Id.ToString(), LinkVersion.TagOf(created).ToString(), JsonElement.Parse("""{"enabled":false}"""));

        Assert.True((await Operations.UpdateAsync(caller, id, body, IfMatch.Of(shown), Token)).Succeeded);
        Assert.Equal("PRECONDITION_FAILED", (await Operations.UpdateAsync(caller, id, body, IfMatch.Of(shown), Token)).Error?.Code);
        Assert.Equal("PRECONDITION_FAILED", (await Operations.DeleteAsync(caller, id, IfMatch.Of(""), Token)).Error?.Code);
    }

    [Fact]
    public async Task SameSeed_CreatesOneLink()
    {
        var caller = await NewCallerAsync(new PlanOptions());
        var seed = CreationSeed.New(DateTimeOffset.UtcNow);
        var body = JsonElement.Parse("""{"url":"https://example.com/"}""");

        var first = await Operations.CreateAsync(caller, body, new(seed.At, seed.Seed), Token);
        var second = await Operations.CreateAsync(caller, body, new(seed.At, seed.Seed), Token);

        Assert.Equal(first.Value!.ShortCode, second.Value!.ShortCode);
        Assert.Equal(1, (await Operations.ListAsync(caller, new(), new(), Token)).Total);
    }

    [Fact]
    public async Task Plan_LimitsEveryCaller()
    {
        var caller = await NewCallerAsync(new PlanOptions { LinksPerMonth = 1, Features = new() { RoutingRules = false, BulkOps = false } });

        await CreateAsync(caller, """{"url":"https://example.com/"}""");
        var over = await CreateAsync(caller, """{"url":"https://example.com/"}""");
        var rules = await CreateAsync(caller, """{"url":"https://example.com/","routing_rules":[{"destination":"https://example.org/"}]}""");
        var many = await BulkOperations.CreateAsync(
            caller, JsonElement.Parse("""{"links":[{"url":"https://example.com/"}]}"""), CreationSeed.New(DateTimeOffset.UtcNow), Token);
        var status = await BulkOperations.SetEnabledAsync(caller, JsonElement.Parse("""{"ids":["a"],"enabled":true}"""), Token);

        Assert.Equal(
            ["PLAN_LIMIT_EXCEEDED", "FEATURE_NOT_AVAILABLE", "FEATURE_NOT_AVAILABLE", "FEATURE_NOT_AVAILABLE"],
            [over.Error?.Code, rules.Error?.Code, many.Error?.Code, status.Error?.Code]);
    }

    private Task<OperationResult<Link>> CreateAsync(Caller caller, string body) =>
        Operations.CreateAsync(caller, JsonElement.Parse(body), CreationSeed.New(DateTimeOffset.UtcNow), Token);

    private async Task<Caller> NewCallerAsync(PlanOptions plan) =>
        new(await service.Application.Service<WorkspaceStore>().CreateAsync(new("Test", Plan.Pro), Token), plan, Actor.Operator);
}
