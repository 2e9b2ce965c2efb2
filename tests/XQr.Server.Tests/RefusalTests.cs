using System.Net;
using System.Net.Sockets;

namespace XQr.Server.Tests;

/// <summary>A start that can't succeed ends with exit code 1 and a sentence, without a stack trace.</summary>
public sealed class RefusalTests : IDisposable
{
    /// <summary>Not asked before the start has gone wrong.</summary>
    private const string AnyStorage = "--Xqr:Storage:ConnectionString=UseDevelopmentStorage=true";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task PortTaken_NamesTheAddress()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();

        await RefusedAsync($"{other.LocalEndPoint}: address already in use. Choose another address: --urls", [], "--urls", $"http://{other.LocalEndPoint}", AnyStorage);
    }

    [Fact]
    public Task NodeMissing_SaysWhereToGetIt() =>
        RefusedAsync("Node.js 20 or later is needed for the local storage. Get it from https://nodejs.org", [("PATH", folder.Path)], "--ephemeral");

    [Fact]
    public async Task NodeTooOld_SaysWhichWasFound()
    {
        var node = Path.Combine(folder.Path, "node");
        await File.WriteAllTextAsync(node, "#!/bin/sh\necho v18.19.0\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(node, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        await RefusedAsync("v18.19.0", [("PATH", folder.Path)], "--ephemeral");
    }

    [Theory]
    [InlineData("Xqr:Scans:CommitWait", AnyStorage, "--urls", "http://127.0.0.1:0", "--Xqr:Scans:CommitWait", "soon")]
    [InlineData("Xqr:Scans:MaxPending", AnyStorage, "--urls", "http://127.0.0.1:0", "--Xqr:Scans:MaxPending", "many")]
    [InlineData("PublicBaseUrl", AnyStorage, "--urls", "http://127.0.0.1:0", "--Xqr:PublicBaseUrl", "short")]
    [InlineData("Xqr:Storage", "--urls", "http://127.0.0.1:0", "--Xqr:Storage:ConnectionString", "nonsense")]
    [InlineData("'--ephemereal' is no option", "--ephemereal")]
    [InlineData("has no value", "--Xqr:Scans:CommitWait")]
    [InlineData("exclude each other", "--ephemeral", "--data", "x")]
    [InlineData("A storage is configured", "--data", "x", "--Xqr:Storage:AccountName", "account")]
    [InlineData("--urls", AnyStorage, "--urls", "nonsense")]
    public Task InvalidOptions_AreNamed(string expected, params string[] arguments) => RefusedAsync(expected, [], arguments);

    [Fact]
    public Task StorageThatDoesNotAnswer_IsTold() => RefusedAsync(
        "Storage can't be reached", [], "--urls", "http://127.0.0.1:0", "--Xqr:Storage:ConnectionString",
        "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:1/a;");

    [Fact]
    public async Task DataOfAnotherServer_IsRefused()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path);

        await RefusedAsync("in use by another server", [], "--urls", "http://127.0.0.1:0");
    }

    private async Task RefusedAsync(string expected, IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        var run = await ServerProcess.RunAsync(folder.Path, environment, arguments);

        run.Refused(expected);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }
}
