using XQr.Testing;
using XQr.Testing.Storage;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>The limit of a minute where load balancing deals the requests of a key to many instances.</summary>
public sealed class LeaseFleetTests(ServiceFixture service)
{
    [Theory]
    [InlineData(1, 1, 0.99, 0.1)]
    [InlineData(40, 2, 0.95, 2)]
    [InlineData(1_000, 1, 0.9, 4)]
    public async Task Limit_IsNeitherExceededNorRefusedEarly(int instances, int minutes, double firstRefusal, double cost)
    {
        const int Limit = 600;

        var result = await new LeaseFleet(service.ConnectionString, instances, Limit).RunAsync(minutes);

        Assert.All(result.Admitted, admitted => Assert.InRange(admitted, 0, Limit));
        Assert.InRange(result.FirstRefusal, Limit * firstRefusal, Limit);
        Assert.InRange(result.CallsPerRequest, 0, cost);
    }
}
