using XQr.Testing;
using XQr.Testing.Fleet;

namespace XQr.Api.IntegrationTests.Links;

/// <summary>Many instances create links of one workspace at once. Their counts are exact, and no creation fails because of the others.</summary>
public sealed class LinkFleetTests(ServiceFixture service)
{
    /// <summary>The time that a request has, as long as the emulator needs it on a busy machine.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task CreationsOnManyInstances_AllAreMadeAndCounted()
    {
        await using var fleet = new LinkFleet(service.ConnectionString, instances: 40, limit: -1);

        var result = await fleet.CreateAsync(creations: 5, Timeout);

        Assert.Equal((200, 0, 200, 200), (result.Created, result.Failed, result.Counted, result.Stored));
        Assert.InRange(result.ConflictsPerCreation, 0, 1);
        Assert.InRange(result.CallsPerCreation, 0, 6);
    }

    [Fact]
    public async Task CreationsOnManyInstances_NoneIsOverTheLimit()
    {
        await using var fleet = new LinkFleet(service.ConnectionString, instances: 20, limit: 50);

        var result = await fleet.CreateAsync(creations: 5, Timeout);

        Assert.Equal((50, 50, 0, 50, 50), (result.Created, result.OverLimit, result.Failed, result.Counted, result.Stored));
    }
}
