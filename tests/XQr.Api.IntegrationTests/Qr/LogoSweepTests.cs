using Azure.Storage.Blobs.Models;
using XQr.Api.Storage;
using XQr.Testing;
using static XQr.Api.IntegrationTests.Qr.TemplateAnswers;

namespace XQr.Api.IntegrationTests.Qr;

/// <summary>Tests of the removal of logos that no template has, on a storage of their own, because the weekly pass is about all workspaces.</summary>
public sealed class LogoSweepTests(AzuriteFixture azurite, LogoFixture logos)
    : IClassFixture<AzuriteFixture>, IClassFixture<LogoFixture>, IAsyncLifetime
{
    private const string Png = """{"logo_url":"https://logos.test/logo.png"}""";
    private const string Svg = """{"logo_url":"https://logos.test/logo.svg"}""";

    private readonly OffsetTime time = new();
    private XQrApplication instance = null!;
    private XQrApplication other = null!;
    private TestWorkspace workspace = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        instance = await StartAsync();
        other = await StartAsync();
        workspace = await instance.NewWorkspaceAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await instance.DisposeAsync();
        await other.DisposeAsync();
    }

    [Fact]
    public async Task ReplacedAndOrphanedLogos_AreRemovedAfterADay()
    {
        var kept = (await workspace.Client.NewTemplateAsync(Png)).Text("id");
        await AddOrphanAsync();
        await workspace.Client.PatchJsonAsync($"{Templates}/{kept}", $$"""{"design":{{Svg}}}""");
        Assert.True(await IsRequestedAsync());
        await instance.DoWorkAsync("logos", workspace.Id);
        Assert.Equal(3, await CountAsync());

        // Young ones are left, so another run comes.
        time.Advance(TimeSpan.FromHours(25));
        Assert.True(await IsRequestedAsync());
        await instance.DoWorkAsync("logos", workspace.Id);

        Assert.Equal(1, await CountAsync());
        Assert.False(await IsRequestedAsync());
        Assert.NotEmpty(await workspace.Client.ImageAsync($"{Templates}/{kept}/render?data=x"));
    }

    [Theory]
    [InlineData("""{"logo_url":null}""")]
    [InlineData(null)]
    public async Task RemovedLogo_IsRequested(string? design)
    {
        var path = $"{Templates}/{(await workspace.Client.NewTemplateAsync(Png)).Text("id")}";
        await IsRequestedAsync();
        await (design is null ? workspace.Client.DeleteAsync(path) : workspace.Client.PatchJsonAsync(path, $$"""{"design":{{design}}}"""));

        Assert.True(await IsRequestedAsync());
    }

    [Fact]
    public async Task Sweep_ReadsOneWorkspace()
    {
        var second = await instance.NewWorkspaceAsync();
        await second.Client.NewTemplateAsync(Png);
        await AddOrphanAsync();
        await AddOrphanAsync();
        time.Advance(TimeSpan.FromDays(2));

        // The templates, the logos, and two removals.
        Assert.Equal(1 + 1 + 2, await instance.Calls.CostAsync(() => instance.DoWorkAsync("logos", workspace.Id)));
    }

    [Fact]
    public async Task BudgetIsUsedUp_TheNextMessageContinues()
    {
        for (var i = 0; i < 60; i++)
        {
            await AddOrphanAsync();
        }

        time.Advance(TimeSpan.FromDays(2));

        Assert.InRange(await instance.DoWorkAsync("logos", workspace.Id, new TickingTime(seconds: 2)), 3, 4);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public Task ProcessDiesAtAnyCall_AllAreRemoved() => WorkRuns.DieAtEachCallAsync(
        other,
        instance,
        "logos",
        async () =>
        {
            await AddOrphanAsync();
            await AddOrphanAsync();
            time.Advance(TimeSpan.FromDays(2));
            return workspace.Id;
        },
        async () => Assert.Equal(0, await CountAsync()));

    [Fact]
    public async Task WeeklyPass_RequestsAllWorkspacesThatHaveLogos()
    {
        var second = await instance.NewWorkspaceAsync();
        await workspace.Client.NewTemplateAsync(Png);
        await second.Client.NewTemplateAsync(Png);
        await IsRequestedAsync();
        await IsRequestedAsync(second);

        // A message for each workspace.
        Assert.True(await instance.DoWorkAsync("logos-all", budget: new TickingTime(seconds: 60)) >= 2);

        Assert.True(await IsRequestedAsync());
        Assert.True(await IsRequestedAsync(second));
    }

    private Task<XQrApplication> StartAsync() => XQrApplication.StartAsync(azurite.ConnectionString, configure: services =>
    {
        logos.NewNetwork().Register(services);
        time.Register(services);
    });

    /// <summary>Adds a logo of a process that died before it stored the template.</summary>
    private async Task AddOrphanAsync() => await instance.Service<Containers>().QrLogos
        .UploadBlobAsync($"{workspace.Id}/{Guid.NewGuid()}/1-x", BinaryData.FromString("x"), Cancellation);

    /// <summary>Returns whether the sweep of a workspace is requested, and takes the note as its run does.</summary>
    private Task<bool> IsRequestedAsync(TestWorkspace? of = null) =>
        instance.TakeRequestAsync("logos", (of ?? workspace).Id);

    private async Task<int> CountAsync() =>
        await instance.Service<Containers>().QrLogos.GetBlobsAsync(new GetBlobsOptions { Prefix = workspace.Id }).CountAsync(Cancellation);
}
