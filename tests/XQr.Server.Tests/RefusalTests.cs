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
    [InlineData("PublicBaseUrl must not have a path", AnyStorage, "--urls", "http://127.0.0.1:0", "--Xqr:PublicBaseUrl", "https://go.example.com/q")]
    [InlineData("PublicBaseUrl must be an absolute", AnyStorage, "--urls", "http://127.0.0.1:0", "--Xqr:PublicBaseUrl", "https://a..b.example")]
    [InlineData("PublicBaseUrl must not have a user name", AnyStorage, "--urls", "http://127.0.0.1:0", "--Xqr:PublicBaseUrl", "https://ada@go.example.com")]
    [InlineData("PublicBaseUrl must not have a query", AnyStorage, "--urls", "http://127.0.0.1:0", "--Xqr:PublicBaseUrl", "https://go.example.com?q=1")]
    [InlineData("Assets:PublicBaseUrl must be", AnyStorage, "--urls", "http://127.0.0.1:0", "--Xqr:Assets:PublicBaseUrl", "https://cdn.example/files?v=1")]
    [InlineData("ClientIpHeader must be the name", AnyStorage, "--urls", "http://127.0.0.1:0", "--Xqr:ClientIpHeader", "X-Client, X-Other")]
    [InlineData("'--ephemereal' is not an option", "--ephemereal")]
    [InlineData("has no value", "--Xqr:Scans:CommitWait")]
    [InlineData("exclude each other", "--ephemeral", "--data", "x")]
    [InlineData("A storage is configured", "--data", "x", "--Xqr:Storage:AccountName", "account")]
    [InlineData("--urls: the address 'nonsense'", AnyStorage, "--urls", "nonsense")]
    [InlineData("has a path", AnyStorage, "--urls", "http://127.0.0.1:0/base")]
    [InlineData("has a port", AnyStorage, "--urls", "http://127.0.0.1:70000")]
    [InlineData("has no valid host", AnyStorage, "--urls", "http://no host:0")]
    [InlineData("does not begin with http", AnyStorage, "--urls", "http://127.0.0.1:0;ftp://127.0.0.1:0")]
    [InlineData("--urls is empty", AnyStorage, "--urls", " ; ")]
    [InlineData("certificate", AnyStorage, "--urls", "https://127.0.0.1:0")]
    [InlineData("Choose another address: --urls", AnyStorage, "--urls", "http://192.0.2.1:0")]
    [InlineData("--ready-file: 'file/ready.json' can't be written", AnyStorage, "--ready-file", "file/ready.json")]
    [InlineData("--ready-file: '.' can't be written", AnyStorage, "--ready-file", ".")]
    [InlineData("can't be used for data", "--urls", "http://127.0.0.1:0", "--data", "file/data")]
    [InlineData("can't be used for data", "workspace", "create", "--name", "A", "--data", "file")]
    [InlineData("--data must name a folder", "--data", "")]
    [InlineData("gold", AnyStorage, "--demo-plan", "gold")]
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

    [Theory]
    [InlineData("The setting urls (ASPNETCORE_URLS): the address", "ASPNETCORE_URLS", "http://127.0.0.1:0/base")]
    [InlineData("The setting Xqr:Scans:MaxPending has a value that is not of the type Int32", "Xqr__Scans__MaxPending", "AccountKey=c2VjcmV0")]
    public Task InvalidEnvironment_IsNamed(string expected, string name, string value) => RefusedAsync(expected, [(name, value)], AnyStorage);

    /// <summary>A person mixes up arguments, and a shell's or a CI run's log keeps what a program prints.</summary>
    [Theory]
    [InlineData("xqr_pk_0123abcd.{0}")]
    [InlineData("key", "revoke", "xqr_pk_0123abc.{0}")]
    [InlineData("key", "revoke", "{0}")]
    [InlineData("key", "revoke", "0123abcd", "{0}")]
    [InlineData("member", "remove", "xqr_pk_0123abcd.{0}")]
    [InlineData("workspace", "set-plan", "xqr_pk_0123abcd.{0}", "xqr_pk_0123abcd.{0}")]
    [InlineData("--demo-plan", "xqr_pk_0123abcd.{0}")]
    [InlineData("--urls", "DefaultEndpointsProtocol=http;AccountName=a;AccountKey={0}")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=a;AccountKey={0}")]
    public async Task SecretAmongTheArguments_IsNotPrinted(params string[] arguments)
    {
        var secret = new string('s', 64);

        var run = await ServerProcess.RunAsync(folder.Path, [.. arguments.Select(argument => argument.Replace("{0}", secret, StringComparison.Ordinal)), AnyStorage]);

        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain(secret, run.Errors + run.Output, StringComparison.Ordinal);
    }

    private async Task RefusedAsync(string expected, IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        // Where a folder is wanted, a file stands in the way.
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "file"), "");
        var run = await ServerProcess.RunAsync(folder.Path, environment, arguments);

        run.Refused(expected);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }
}
