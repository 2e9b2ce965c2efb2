using System.Net;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Qr.Images;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Qr;

/// <summary>An instance that draws as much as it can, which here is nothing.</summary>
public sealed class DrawLimitTests(ServiceFixture service)
{
    [Fact]
    public async Task BusyInstance_RefusesWhatTakesLongAndDrawsTheRest()
    {
        await using var busy = await service.StartAnotherAsync(services: services =>
            services.AddSingleton(new DrawLimiter(slots: 0, maxWaiting: 0, TimeProvider.System)));
        var client = (await busy.NewWorkspaceAsync()).Client;

        foreach (var path in (string[])["format=png&dot_style=dots", "format=png&dot_style=dots&size=30", "format=png&corner_style=dot"])
        {
            var response = await client.GetAsync($"/api/v1/qr/render?data=a&{path}");
            Assert.Equal("1", response.Header("Retry-After"));
            var error = await response.ErrorAsync(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");
            Assert.StartsWith("This instance draws as many images as it can", error.Text("message"), StringComparison.Ordinal);
        }

        foreach (var path in (string[])["format=png&size=50", "format=svg&dot_style=dots"])
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/api/v1/qr/render?data=a&{path}")).StatusCode);
        }
    }
}
