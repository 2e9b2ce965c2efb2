using System.Net;
using System.Net.Sockets;
using XQr.Testing;

namespace XQr.Server.Tests;

/// <summary>A failed start ends with exit code 1 and a message, without a stack trace.</summary>
public sealed class StartErrorTests(AzuriteFixture azurite) : IDisposable
{
    /// <summary>Storage that no test calls, because the start fails before.</summary>
    private const string AnyStorage = "--Xqr:Storage:ConnectionString=UseDevelopmentStorage=true";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task PortTaken_NamesTheAddress()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();

        var expected = $"{other.LocalEndPoint}: address already in use. Choose another address: --urls";
        await AssertFailsAsync(expected, [], "--urls", $"http://{other.LocalEndPoint}", AnyStorage);
    }

    [Fact]
    public Task NodeMissing_SaysHowToInstallIt() => AssertFailsAsync(
        "The local storage requires Node.js 20 or later. Install it from https://nodejs.org", [("PATH", folder.Path)], "--ephemeral");

    [Fact]
    public async Task NodeTooOld_NamesTheInstalledVersion()
    {
        var node = Path.Combine(folder.Path, "node");
        await File.WriteAllTextAsync(node, "#!/bin/sh\necho v18.19.0\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(node, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        await AssertFailsAsync("The installed version is v18.19.0.", [("PATH", folder.Path)], "--ephemeral");
    }

    [Theory]
    [InlineData("Xqr:Scans:CommitWait", AnyStorage, "--urls", "http://127.0.0.1:0", "--Xqr:Scans:CommitWait", "soon")]
    [InlineData("Xqr:Scans:MaxPendingMegabytes", AnyStorage, "--urls", "http://127.0.0.1:0", "--Xqr:Scans:MaxPendingMegabytes", "many")]
    [InlineData("PublicBaseUrl", AnyStorage, "--urls", "http://127.0.0.1:0", "--Xqr:PublicBaseUrl", "short")]
    [InlineData("Xqr:Storage", "--urls", "http://127.0.0.1:0", "--Xqr:Storage:ConnectionString", "nonsense")]
    [InlineData("PublicBaseUrl must not have a path", AnyStorage, "--urls", "http://127.0.0.1:0", "--Xqr:PublicBaseUrl", "https://go.example.com/q")]
    [InlineData("PublicBaseUrl must be an absolute", AnyStorage, "--urls", "http://127.0.0.1:0", "--Xqr:PublicBaseUrl", "https://a..b.example")]
    [InlineData("PublicBaseUrl must not have a user name", AnyStorage, "--urls", "http://127.0.0.1:0", "--Xqr:PublicBaseUrl", "https://a@b.example")]
    [InlineData("PublicBaseUrl must not have a query", AnyStorage, "--urls", "http://127.0.0.1:0", "--Xqr:PublicBaseUrl", "https://b.example?q=1")]
    [InlineData("Assets:PublicBaseUrl must be", AnyStorage, "--urls", "http://127.0.0.1:0", "--Xqr:Assets:PublicBaseUrl", "https://cdn.example/?v=1")]
    [InlineData("ClientIpHeader must be the name", AnyStorage, "--urls", "http://127.0.0.1:0", "--Xqr:ClientIpHeader", "X-Client, X-Other")]
    [InlineData("'--ephemereal' is not an option", "--ephemereal")]
    [InlineData("has no value", "--Xqr:Scans:CommitWait")]
    [InlineData("cannot be used together", "--ephemeral", "--data", "x")]
    [InlineData("Storage is configured", "--data", "x", "--Xqr:Storage:AccountName", "account")]
    [InlineData("--urls: the address 'nonsense'", AnyStorage, "--urls", "nonsense")]
    [InlineData("has a path", AnyStorage, "--urls", "http://127.0.0.1:0/base")]
    [InlineData("has a port", AnyStorage, "--urls", "http://127.0.0.1:70000")]
    [InlineData("has no valid host", AnyStorage, "--urls", "http://no host:0")]
    [InlineData("does not begin with http", AnyStorage, "--urls", "http://127.0.0.1:0;ftp://127.0.0.1:0")]
    [InlineData("--urls is empty", AnyStorage, "--urls", " ; ")]
    [InlineData("certificate", AnyStorage, "--urls", "https://127.0.0.1:0")]
    [InlineData("Choose another address: --urls", AnyStorage, "--urls", "http://192.0.2.1:0")]
    [InlineData("--data must name a folder", "--data", "")]
    [InlineData("gold", AnyStorage, "--demo-plan", "gold")]
    public async Task InvalidOptions_AreNamed(string expected, params string[] arguments) =>
        AssertFailed(expected, await Command.RunAsync(arguments));

    [Theory]
    [InlineData("--ready-file: 'file/ready.json' can't be written", AnyStorage, "--ready-file", "file/ready.json")]
    [InlineData("--ready-file: '.' can't be written", AnyStorage, "--ready-file", ".")]
    [InlineData("can't be used for data", "--urls", "http://127.0.0.1:0", "--data", "file/data")]
    [InlineData("can't be used for data", "workspace", "create", "--name", "A", "--data", "file")]
    public async Task FilesThatCannotBeUsed_AreNamed(string expected, params string[] arguments)
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "file"), "");
        await AssertFailsAsync(expected, [], arguments);
    }

    [Fact]
    public async Task DataOfAnotherServer_IsReported()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path);

        await AssertFailsAsync("in use by another server", [], "--urls", "http://127.0.0.1:0");
    }

    [Theory]
    [InlineData("The setting urls (ASPNETCORE_URLS): the address", "ASPNETCORE_URLS", "http://127.0.0.1:0/base")]
    [InlineData("The setting Xqr:Scans:MaxPendingMegabytes has a value that is not of the type Int32", "Xqr__Scans__MaxPendingMegabytes", "AccountKey=c2VjcmV0")]
    public Task InvalidEnvironment_IsNamed(string expected, string name, string value) => AssertFailsAsync(expected, [(name, value)], AnyStorage);

    [Fact]
    public async Task KeyAmongTheArguments_IsRedactedByTheProgram()
    {
        var run = await ServerProcess.RunAsync(folder.Path, "key", "revoke", "0123abcd", "xqr_pk_0123abcd.secret");

        run.Failed("xqr_pk_0123abcd.[redacted]");
        Assert.DoesNotContain("secret", run.Errors + run.Output, StringComparison.Ordinal);
    }

    /// <summary>Users confuse arguments, and the logs of shells and CI runs store the output.</summary>
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
        var withSecret = arguments.Select(argument => argument.Replace("{0}", secret, StringComparison.Ordinal));

        var run = await Command.RunOnAsync(azurite.ConnectionString, [.. withSecret]);

        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain(secret, run.Errors + run.Output, StringComparison.Ordinal);
    }

    private async Task AssertFailsAsync(string expected, IEnumerable<(string Name, string Value)> environment, params string[] arguments) =>
        AssertFailed(expected, await ServerProcess.RunAsync(folder.Path, environment, arguments));

    private static void AssertFailed(string expected, ProcessResult run)
    {
        run.Failed(expected);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }
}
