using Azure.Data.Tables;
using XQr.Api.Workspaces;
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
