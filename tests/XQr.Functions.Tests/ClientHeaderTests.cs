using Microsoft.Extensions.Options;
using XQr.Api.Pipeline;

namespace XQr.Functions.Tests;

/// <summary>The Functions host limits the headers that can contain the client address.</summary>
public sealed class ClientHeaderTests
{
    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("x-forwarded-for")]
    [InlineData("X-Forwarded-Host")]
    public void HeaderThatTheHostOverwrites_IsRejectedWithTheRemedy(string header)
    {
        var result = Validate(header);

        Assert.True(result.Failed);
        Assert.Contains($"Xqr:ClientIpHeader can't be {header} under the Functions host", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("X-Azure-SocketIP", result.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("X-Azure-SocketIP")]
    [InlineData("CF-Connecting-IP")]
    public void OtherHeaders_AreAccepted(string? header) => Assert.True(Validate(header).Succeeded);

    private static ValidateOptionsResult Validate(string? header) =>
        new ClientHeaderValidator().Validate(null, new ClientOptions { ClientIpHeader = header });
}
