using System.Net;
using XQr.Testing;

namespace XQr.Server.Tests;

/// <summary>Kestrel's limits suit the application.</summary>
[Collection(DevelopmentServer.Collection)]
public sealed class RequestTests(DevelopmentServer development)
{
    [Fact]
    public async Task LargeBody_IsRejectedInTheEnvelope_WithoutAServerHeader()
    {
        using var client = development.Process.NewClient();
        using var large = await client.PostJsonAsync("/api/v1/links", $$"""{"url":"{{new string('x', 1024 * 1024)}}"}""");
        await large.ErrorAsync(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
        Assert.Null(large.Header("Server"));
    }
}
