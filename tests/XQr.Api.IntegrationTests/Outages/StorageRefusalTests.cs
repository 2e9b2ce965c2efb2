using System.Net;
using Azure.Core.Pipeline;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using XQr.Api.IntegrationTests.Analytics;
using XQr.Testing;
using XQr.Testing.Storage;

namespace XQr.Api.IntegrationTests.Outages;

/// <summary>Storage refuses the app: its role or its identity is gone for a while. That is an outage, and ends nothing.</summary>
public sealed class StorageRefusalTests(ServiceFixture service) : IAsyncLifetime
{
    private readonly StorageRefusals refusals = new();
    private XQrApplication instance = null!;
    private TestWorkspace workspace = null!;

    public async ValueTask InitializeAsync()
    {
        // The pauses between two attempts to store scans are those of the real clock.
        instance = await service.StartAnotherAsync(
            services: services => services.AddSingleton<HttpPipelinePolicy>(refusals).AddSingleton(TimeProvider.System));
        workspace = await service.NewWorkspaceAsync();
    }

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(0)]
    public async Task Refused_UnavailableUntilStorageAllowsAgain(int status)
    {
        var link = await workspace.Client.NewLinkAsync();
        using var client = instance.NewClient(workspace.Key);
        Refuse(status);

        await (await client.GetAsync($"/api/v1/links/{link.Text("id")}")).ErrorAsync(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health")).StatusCode);

        refusals.Allow();
        Assert.Equal(link.Text("id"), (await client.LinkAsync(link.Text("id"))).Text("id"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health")).StatusCode);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(0)]
    public async Task ScansRefused_HostGoesOnAndStoresThemOnce(int status)
    {
        var link = await workspace.Client.NewLinkAsync();
        await instance.Client.VisitAsync(link.Text("short_code"));
        await CountedAsync(1);
        Refuse(status);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Found, (await instance.Client.VisitAsync(link.Text("short_code"))).StatusCode);
        }

        await Eventually.TrueAsync(
            () => Task.FromResult(instance.Logs.All.Any(line => line.Contains("could not be stored", StringComparison.Ordinal))),
            "The scans are refused.");
        Assert.False(instance.Service<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        refusals.Allow();

        await CountedAsync(6);
        await instance.StopAsync();
        Assert.Equal(6, (await workspace.Client.LinkAsync(link.Text("id"))).Number("scan_count"));
        Assert.Equal(6, (await service.Application.ScansAsync(workspace.Id, DateTimeOffset.UtcNow.AddDays(-1))).Count);

        Task CountedAsync(int count) => Eventually.TrueAsync(
            async () => (await workspace.Client.LinkAsync(link.Text("id"))).Number("scan_count") == count, $"{count} scans are counted.");
    }

    [Fact]
    public void BackgroundServiceFails_HostGoesOn() => Assert.Equal(
        BackgroundServiceExceptionBehavior.Ignore, instance.Service<IOptions<HostOptions>>().Value.BackgroundServiceExceptionBehavior);

    private void Refuse(int status)
    {
        if (status == 0)
        {
            refusals.Refuse("", () => new CredentialUnavailableException("The identity is gone, as the test wants."));
        }
        else
        {
            refusals.Refuse(status, "AuthorizationFailure");
        }
    }
}
