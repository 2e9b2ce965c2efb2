using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>An instance commits statistics only if no other instance has changed any since it read them.</summary>
public sealed class AggregationConflictTests(ServiceFixture service)
{
    private readonly ScanSeed seed = new(4);

    /// <summary>The link is deleted and erased after an instance found that it was not, and before that instance commits the link's scans.</summary>
    [Fact]
    public async Task LinkErasedBeforeTheCommit_ItsScansAreNotCounted()
    {
        var beforeCommit = new BeforeTransaction();
        await using var instance = await service.StartAnotherAsync(services: services => services.AddSingleton<HttpPipelinePolicy>(beforeCommit));
        var (workspace, links) = await service.NewLinksAsync(2);
        var earlier = seed.New(20, [links[1]], hours: 1).Select(scan => scan with { At = scan.At.AddDays(-3) }).ToArray();
        await seed.StoreAsync(service.Application, workspace.Id, earlier);
        await service.Application.AggregateAsync(workspace.Id);
        await seed.StoreAsync(service.Application, workspace.Id, seed.New(20, [links[0]], hours: 1));
        beforeCommit.Run(async () =>
        {
            await workspace.DeleteLinkAsync(links[0]);
            await service.Application.EraseAsync(workspace.Id, links[0]);
        });

        await instance.AggregateAsync(workspace.Id);

        Assert.True(beforeCommit.HasRun);
        await Recount.AssertAsync(service.Application, workspace.Id, earlier);
    }
}
