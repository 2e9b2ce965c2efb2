using System.Net;
using System.Text;
using XQr.Testing;
using XQr.Testing.Network;
using static XQr.Api.IntegrationTests.Qr.TemplateAnswers;

namespace XQr.Api.IntegrationTests.Qr;

/// <summary>Server-side request forgery: no URL of a logo connects to a private address or reveals anything about one.</summary>
public sealed class LogoGuardTests(ServiceFixture service, LogoFixture logos) : IClassFixture<LogoFixture>
{
    private const string Unreachable = "design.logo_url could not be fetched from a public address within 3 seconds.";

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("100.64.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:10.1.2.3")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:a00:1::")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    public async Task NameOfAPrivateAddress_IsNotConnectedTo(string address)
    {
        var network = logos.NewNetwork();
        network.Name("private.test", [address]);
        network.Name("mixed.test", [FakeNetwork.PublicAddress, address]);

        await AssertUnreachableAsync(network, "https://private.test/logo.png", "https://mixed.test/logo.png");
        Assert.Empty(network.Connections);
    }

    /// <summary>Addresses in all the ways in which a URL may write them.</summary>
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:a9fe:a9fe]")]
    [InlineData("[fe80::1%251]")]
    [InlineData("0.0.0.0")]
    public async Task PrivateAddressInTheUrl_IsNotConnectedTo(string host)
    {
        var network = logos.NewNetwork();

        await AssertRefusedAsync(network, $"https://{host}/logo.png");
        Assert.Empty(network.Connections);
    }

    [Theory]
    [InlineData("https://10.0.0.1/logo.png")]
    [InlineData("https://private.test/logo.png")]
    [InlineData("http://logos.test/logo.png")]
    [InlineData("https://logos.test:8443/logo.png")]
    [InlineData("https://user:pass@logos.test/logo.png")]
    [InlineData("https://aא.com/logo.png")]
    [InlineData("//aא.com/logo.png")]
    [InlineData("https://a..b.com/logo.png")]
    [InlineData("https://[fe80::1%251]/logo.png")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://logos.test/")]
    public async Task Redirect_IsCheckedAsTheUrlIs(string target)
    {
        var network = logos.NewNetwork();
        network.Name("private.test", ["192.168.0.1"]);

        await AssertUnreachableAsync(network, $"https://logos.test/go/{Convert.ToHexString(Encoding.UTF8.GetBytes(target))}");
        Assert.All(network.Connections, address => Assert.Equal($"{FakeNetwork.PublicAddress}:443", address.ToString()));
    }

    /// <summary>The name is public when it is checked and private when it is asked again; it is not asked again.</summary>
    [Fact]
    public async Task RebindingName_IsConnectedToWhereItWasChecked()
    {
        var network = logos.NewNetwork();
        network.Name("rebinding.test", [FakeNetwork.PublicAddress], ["127.0.0.1"]);
        await using var instance = await service.StartAnotherAsync(services: network.Register);

        await (await instance.NewWorkspaceAsync()).Client.NewTemplateAsync("""{"logo_url":"https://rebinding.test/logo.png"}""");

        Assert.Equal($"{FakeNetwork.PublicAddress}:443", Assert.Single(network.Connections).ToString());
    }

    /// <summary>An unknown name, a private address, a closed port, a wrong certificate and a failing server give the same error.</summary>
    [Fact]
    public async Task Failures_AreAllTheSame()
    {
        var network = logos.NewNetwork();
        network.Name("private.test", ["10.0.0.1"]);
        network.Name("dead.test", ["203.0.112.7"]);
        network.Name("certificate.example", [FakeNetwork.PublicAddress]);
        network.Dead.Add("203.0.112.7");

        await AssertUnreachableAsync(
            network,
            "https://unknown.test/", "https://private.test/", "https://dead.test/", "https://certificate.example/logo.png",
            "https://logos.test/missing");
    }

    [Fact]
    public async Task Url_StaysOutOfTheLog()
    {
        await using var instance = await service.StartAnotherAsync(services: logos.NewNetwork().Register);

        await (await instance.NewWorkspaceAsync()).Client.NewTemplateAsync("""{"logo_url":"https://logos.test/logo.png?token=hidden"}""");

        Assert.DoesNotContain(
            instance.Logs.All, line => line.Contains("logos.test", StringComparison.Ordinal) || line.Contains("hidden", StringComparison.Ordinal));
    }

    private async Task AssertUnreachableAsync(FakeNetwork network, params string[] urls) =>
        Assert.All(await RefuseAsync(network, urls), message => Assert.Equal(Unreachable, message));

    private async Task AssertRefusedAsync(FakeNetwork network, params string[] urls) => await RefuseAsync(network, urls);

    private async Task<string[]> RefuseAsync(FakeNetwork network, string[] urls)
    {
        await using var instance = await service.StartAnotherAsync(services: network.Register);
        var client = (await instance.NewWorkspaceAsync()).Client;
        return await Task.WhenAll(urls.Select(async url =>
        {
            var answer = await client.PostJsonAsync(Templates, $$$"""{"name":"x","design":{"logo_url":"{{{url}}}"}}""");
            var error = await answer.ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
            Assert.Equal(["design.logo_url"], error.Fields());
            return error.Text("message");
        }));
    }
}
