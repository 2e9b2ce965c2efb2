using XQr.Testing;
using XQr.Testing.Fleet;

namespace XQr.Api.IntegrationTests.Redirects;

/// <summary>Many instances redirect visitors of one workspace at once.</summary>
public sealed class RedirectFleetTests(ServiceFixture service)
{
    [Fact]
    public async Task VisitsOnManyInstances_EachCountedOnce()
    {
        var result = await new RedirectFleet(service.ConnectionString, instances: 20).RunAsync(visits: 10);

        Assert.Equal((200, 200, 200), (result.Redirected, result.Counted, result.Aggregated));
    }
}
