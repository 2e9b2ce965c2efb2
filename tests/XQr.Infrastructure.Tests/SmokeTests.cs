using Azure.Data.Tables;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Infrastructure.Tests;

/// <summary>The smoke test of deployments passes against the application on this machine. It requires a shell, as on Linux and macOS.</summary>
public sealed class SmokeTests(ServiceFixture service)
{
    [Fact]
    public async Task WorkspaceAndKey_AreCreatedByCommands_AndTheKeyIsRevoked()
    {
        var result = await RunAsync(("Xqr__Storage__ConnectionString", service.ConnectionString));

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.EndsWith("smoke test: passed\n", result.Output, StringComparison.Ordinal);
        var prefix = result.Output[(result.Output.IndexOf("created the key ", StringComparison.Ordinal) + 16)..][..8];
        var row = Assert.Single(new TableClient(service.ConnectionString, "ApiKeys").Query<TableEntity>(key => key.PartitionKey == prefix));
        Assert.NotNull(row.GetDateTimeOffset("RevokedAt"));
    }

    [Fact]
    public async Task GivenKey_IsUsedAndNotRevoked()
    {
        var workspace = await service.NewWorkspaceAsync();

        var result = await RunAsync(("XQR_SMOKE_KEY", workspace.Key));

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.StartsWith("{\"data\":[],", await workspace.Client.GetStringAsync("api/v1/links"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingScope_FailsAtItsStep_AndTheLinkIsRemoved()
    {
        var workspace = await service.NewWorkspaceAsync(Plan.Enterprise, "links:read", "links:write");

        var result = await RunAsync(("XQR_SMOKE_KEY", workspace.Key));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("FAILED at 'render its QR code': ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("INSUFFICIENT_SCOPE", result.Errors, StringComparison.Ordinal);
        Assert.StartsWith("{\"data\":[],", await workspace.Client.GetStringAsync("api/v1/links"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientAddress_IsReported_AndComparedWithTheExpectedOne()
    {
        var workspace = await service.NewWorkspaceAsync();

        var reported = await RunAsync(("XQR_SMOKE_KEY", workspace.Key));
        var other = await RunAsync(("XQR_SMOKE_KEY", workspace.Key), ("XQR_SMOKE_CLIENT_ADDRESS", "203.0.113.9"));

        Assert.Contains("the service sees this machine at 127.0.0.1\n", reported.Output, StringComparison.Ordinal);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("FAILED at 'client address': the service sees 127.0.0.1 instead of 203.0.113.9", other.Errors, StringComparison.Ordinal);
    }

    /// <summary>The address is that of a proxy if no setting names its header.</summary>
    [Theory]
    [InlineData("10.0.0.4", "private")]
    [InlineData("172.31.255.1:4711", "private")]
    [InlineData("100.64.0.1", "private")]
    [InlineData("[fd00::7]:51234", "private")]
    [InlineData("168.63.129.16", "private")]
    [InlineData("147.243.1.2", "edge of Front Door")]
    [InlineData("203.0.113.9", null)]
    [InlineData("172.32.0.1", null)]
    [InlineData("100.128.0.1", null)]
    [InlineData("[2001:db8::7]:51234", null)]
    public async Task ClientAddressOfAProxy_Fails(string address, string? error)
    {
        await using var instance = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:ClientIpHeader"] = "X-Test-Client" });
        var workspace = await instance.NewWorkspaceAsync();
        var home = Directory.CreateTempSubdirectory("xqr-smoke-").FullName;

        // curl sends this header with every request.
        await File.WriteAllTextAsync(Path.Combine(home, ".curlrc"), $"header = \"X-Test-Client: {address}\"\n");
        var result = await RunAsync(("XQR_SMOKE_URL", instance.Address.ToString()), ("XQR_SMOKE_KEY", workspace.Key), ("CURL_HOME", home));
        Directory.Delete(home, recursive: true);

        Assert.Equal(error is null ? 0 : 1, result.ExitCode);
        Assert.Contains(error ?? "", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnreachableService_Fails()
    {
        var result = await RunAsync(("XQR_SMOKE_URL", "http://127.0.0.1:1"), ("XQR_SMOKE_KEY", "none"), ("XQR_SMOKE_TIMEOUT", "0"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("FAILED at 'health'", result.Errors, StringComparison.Ordinal);
    }

    private Task<ProcessResult> RunAsync(params (string Name, string Value)[] environment)
    {
        var all = new Dictionary<string, string>
        {
            ["XQR_SMOKE_URL"] = service.Application.Address.ToString(),
            ["XQR_SMOKE_SERVER"] = $"dotnet {Path.Combine(AppContext.BaseDirectory, "XQr.Server.dll")}",
            ["XQR_SMOKE_TIMEOUT"] = "120",
        };
        foreach (var (name, value) in environment)
        {
            all[name] = value;
        }

        return ProcessResult.RunAsync(Repository.PathOf("eng", "smoke-test.sh"), [], AppContext.BaseDirectory, all);
    }
}
