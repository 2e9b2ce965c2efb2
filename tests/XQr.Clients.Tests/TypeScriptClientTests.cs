using System.Text.Json;
using XQr.Testing;

namespace XQr.Clients.Tests;

/// <summary>A client by openapi-fetch, with types that openapi-typescript generates, reads what the service answers.</summary>
public sealed class TypeScriptClientTests(ServiceFixture service)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "TypeScript");

    [Fact]
    public async Task Calls_AreTypedAndReadWhatIsAnswered()
    {
        var workspace = await service.NewWorkspaceAsync();
        await File.WriteAllTextAsync(Path.Combine(Folder, "openapi.json"), await service.Client.GetStringAsync("/openapi/v1.json"));
        await RunAsync(Tool("openapi-typescript", "bin", "cli.js"), "openapi.json", "--output", "api.d.ts");
        await RunAsync(Tool("typescript", "bin", "tsc"), "--project", "tsconfig.json");

        var got = JsonElement.Parse(await RunAsync("calls.mjs", service.Application.Address.ToString(), workspace.Key, ClientCalls.Destination));

        var qr = $"/api/v1/links/{got.Text("id")}/qr";
        Assert.Equal(ClientCalls.Destination, got.Text("destination"));
        Assert.Equal(1, got.Number("total"));
        Assert.Equal(await workspace.Client.GetByteArrayAsync(qr), got.GetProperty("svg").GetBytesFromBase64());
        Assert.Equal(await workspace.Client.GetByteArrayAsync($"{qr}?format=png"), got.GetProperty("png").GetBytesFromBase64());
        Assert.Equal(await workspace.Client.GetStringAsync("/api/v1/analytics/export"), got.Text("csv"));
        Assert.Equal("VALIDATION_ERROR", got.Text("code"));
        Assert.Equal("url", Assert.Single(got.GetProperty("fields").EnumerateArray()).GetString());
    }

    private static string Tool(params string[] path) => Repository.PathOf(["node_modules", .. path]);

    /// <summary>Runs a program of Node.js in the folder of the TypeScript files.</summary>
    /// <returns>Its standard output.</returns>
    private static async Task<string> RunAsync(string program, params string[] arguments) =>
        (await ProcessResult.RunAsync("node", [program, .. arguments], Folder)).Succeeded().Output;
}
