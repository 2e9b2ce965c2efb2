using XQr.Testing;

namespace XQr.Dashboard.Tests.Links;

/// <summary>Counts the storage transactions of the pages of links. The session and the membership are cached.</summary>
public sealed class LinkCostTests(ServiceFixture service)
{
    [Fact]
    public async Task Pages_HaveTheirCosts()
    {
        await using var instance = await service.StartAnotherAsync(services: StillTime.AtPresent().Register);
        var site = await LinkSite.OpenAsync(service, instance: instance);
        var id = (await site.Api.NewLinkAsync()).Text("id");
        await site.SendAsync("", ("url", "https://example.com/"));
        await site.PageAsync();

        // The list reads the count and the links, and the page of a link what waits for aggregation, the link and two sets of days.
        Assert.Equal(2, await CostAsync(() => site.PageAsync()));
        Assert.Equal(4, await CostAsync(() => site.PageAsync($"/{id}")));
        Assert.Equal(0, await CostAsync(() => site.PageAsync("/new")));
        Assert.Equal(1, await CostAsync(() => site.PageAsync($"/{id}/edit")));
        Assert.Equal(1, await CostAsync(() => site.PageAsync($"/slug?custom_slug=cost-{Guid.NewGuid():N}")));

        // A creation takes three, and two keep the form from creating another.
        Assert.Equal(3 + 2, await CostAsync(() => site.SendAsync("", ("url", "https://example.com/"))));

        async Task<int> CostAsync(Func<Task> action) => (await instance.Calls.DuringAsync(action)).Length;
    }

    [Fact]
    public async Task Pages_AreNoCallsOfTheApi()
    {
        var site = await LinkSite.OpenAsync(service);
        var before = await ApiCallsAsync();

        await site.SendAsync("", ("url", "https://example.com/"));
        await site.PageAsync();

        // The request that reads the number counts.
        Assert.Equal(before + 1, await ApiCallsAsync());

        async Task<long> ApiCallsAsync() =>
            (await (await site.Api.GetAsync("/api/v1/workspace/usage")).DataAsync()).GetProperty("usage").Number("api_calls_this_month");
    }
}
