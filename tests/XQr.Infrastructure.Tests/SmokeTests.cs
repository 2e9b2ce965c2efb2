using Azure.Data.Tables;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Infrastructure.Tests;

/// <summary>The script that proves a deployment, run against the application on this machine. It needs a shell, as on Linux and macOS.</summary>
public sealed class SmokeTests(ServiceFixture service)
{
    [Fact]
    public async Task WorkspaceAndKey_AreMadeByCommands_AndTheKeyIsRevoked()
    {
        var finished = await RunAsync(("Xqr__Storage__ConnectionString", service.ConnectionString));

        Assert.True(finished.ExitCode == 0, finished.Errors);
        Assert.EndsWith("all is well\n", finished.Output, StringComparison.Ordinal);
        var prefix = finished.Output[(finished.Output.IndexOf("made the key ", StringComparison.Ordinal) + 13)..][..8];
        var row = Assert.Single(new TableClient(service.ConnectionString, "ApiKeys").Query<TableEntity>(key => key.PartitionKey == prefix));
        Assert.NotNull(row.GetDateTimeOffset("RevokedAt"));
    }

    [Fact]
    public async Task GivenKey_IsUsedAndKept()
    {
        var workspace = await service.NewWorkspaceAsync();

        var finished = await RunAsync(("XQR_SMOKE_KEY", workspace.Key));

        Assert.True(finished.ExitCode == 0, finished.Errors);
        Assert.StartsWith("{\"data\":[],", await workspace.Client.GetStringAsync("api/v1/links"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingScope_FailsAtItsStep_AndTheLinkIsRemoved()
    {
        var workspace = await service.NewWorkspaceAsync(Plan.Enterprise, "links:read", "links:write");

        var finished = await RunAsync(("XQR_SMOKE_KEY", workspace.Key));

        Assert.Equal(1, finished.ExitCode);
        Assert.Contains("FAILED at 'render its QR code': ", finished.Errors, StringComparison.Ordinal);
        Assert.Contains("INSUFFICIENT_SCOPE", finished.Errors, StringComparison.Ordinal);
        Assert.StartsWith("{\"data\":[],", await workspace.Client.GetStringAsync("api/v1/links"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientAddress_IsTold_AndComparedWithTheExpectedOne()
    {
        var workspace = await service.NewWorkspaceAsync();

        var told = await RunAsync(("XQR_SMOKE_KEY", workspace.Key));
        var other = await RunAsync(("XQR_SMOKE_KEY", workspace.Key), ("XQR_SMOKE_CLIENT_ADDRESS", "203.0.113.9"));

        Assert.Contains("the service sees this machine at 127.0.0.1\n", told.Output, StringComparison.Ordinal);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("FAILED at 'client address': the service sees 127.0.0.1 instead of 203.0.113.9", other.Errors, StringComparison.Ordinal);
    }

    /// <summary>As where a proxy stands before the app and no setting names its header.</summary>
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
    public async Task ClientAddressOfAProxy_Fails(string address, string? fault)
    {
        await using var instance = await service.StartAnotherAsync(new Dictionary<string, string?> { ["Xqr:ClientIpHeader"] = "X-Test-Client" });
        var workspace = await instance.NewWorkspaceAsync();
        var home = Directory.CreateTempSubdirectory("xqr-smoke-").FullName;

        // What curl sends with every request.
        await File.WriteAllTextAsync(Path.Combine(home, ".curlrc"), $"header = \"X-Test-Client: {address}\"\n");
        var finished = await RunAsync(("XQR_SMOKE_URL", instance.Address.ToString()), ("XQR_SMOKE_KEY", workspace.Key), ("CURL_HOME", home));
        Directory.Delete(home, recursive: true);

        Assert.Equal(fault is null ? 0 : 1, finished.ExitCode);
        Assert.Contains(fault ?? "", finished.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoService_Fails()
    {
        var finished = await RunAsync(("XQR_SMOKE_URL", "http://127.0.0.1:1"), ("XQR_SMOKE_KEY", "none"));

        Assert.Equal(1, finished.ExitCode);
        Assert.Contains("FAILED at 'health'", finished.Errors, StringComparison.Ordinal);
    }

    private Task<Finished> RunAsync(params (string Name, string Value)[] environment)
    {
        var all = new Dictionary<string, string>
        {
            ["XQR_SMOKE_URL"] = service.Application.Address.ToString(),
            ["XQR_SMOKE_SERVER"] = $"dotnet {Path.Combine(AppContext.BaseDirectory, "XQr.Server.dll")}",
            ["XQR_SMOKE_PATIENCE"] = "0",
        };
        foreach (var (name, value) in environment)
        {
            all[name] = value;
        }

        return Finished.RunAsync(Repository.PathOf("eng", "smoke-test.sh"), [], AppContext.BaseDirectory, all);
    }
}
