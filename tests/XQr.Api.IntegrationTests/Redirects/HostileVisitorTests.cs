using XQr.Testing;
using XQr.Testing.Network;

namespace XQr.Api.IntegrationTests.Redirects;

/// <summary>No input of a visitor makes a redirect fail, and the Location is always a valid header value.</summary>
public sealed class HostileVisitorTests(ServiceFixture service)
{
    private const string Destination = "https://example.com/a#f";

    private Uri Server => service.Application.Address;

    [Fact]
    public async Task EveryAsciiByteInTheQuery_IsHandedOn()
    {
        var code = await NewCodeAsync();

        // NUL, line feed, carriage return and space end a request line, or make it none.
        foreach (var value in Enumerable.Range(1, 0x7F).Select(value => (char)value).Except(['\n', '\r', ' ', '&', '=']))
        {
            var expected = value is < ' ' or '\x7F' or '"' or '#' or '<' or '>' ? $"%{(int)value:X2}" : value.ToString();
            Assert.Equal(
                (302, $"https://example.com/a?q=x{expected}y#f"),
                await RawRequest.GetAsync(Server, $"/{code}?q=x{value}y", "User-Agent: x", TestContext.Current.CancellationToken));
        }
    }

    /// <summary>Kestrel refuses them before the application has the request, as docs/links.md says.</summary>
    [Fact]
    public async Task EveryOtherByteInTheQuery_IsABadRequest()
    {
        var code = await NewCodeAsync();
        foreach (var value in Enumerable.Range(0x80, 0x80).Select(value => (char)value).Append('\0'))
        {
            Assert.Equal(
                (400, null), await RawRequest.GetAsync(Server, $"/{code}?q=x{value}y", "User-Agent: x", TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData("User-Agent")]
    [InlineData("Referer")]
    [InlineData("Cookie")]
    [InlineData("Accept")]
    [InlineData("Accept-Language")]
    [InlineData("DNT")]
    [InlineData("Sec-Purpose")]
    [InlineData("X-Country")]
    public async Task EveryByteInAHeader_ChangesNothing(string header)
    {
        var code = await NewCodeAsync();
        foreach (var value in Enumerable.Range(1, 0xFF).Select(value => (char)value).Except(['\n', '\r']))
        {
            Assert.Equal(
                (302, Destination),
                await RawRequest.GetAsync(Server, $"/{code}", $"{header}: https://a{value}b.com/", TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData("Referer: https://aא.com/")]
    [InlineData("Referer: https://xn--99999999.com/")]
    [InlineData("Referer: https://a..b/")]
    [InlineData("Referer: http://[fe80::1%25eth0]/")]
    [InlineData("Referer: http://[::1")]
    [InlineData("Referer: ://")]
    [InlineData("Referer: https://a@b@:c/")]
    [InlineData("User-Agent: \u00FF\u00FE\u0001")]
    [InlineData("Accept: ;;;q=,\u00E9")]
    public async Task MalformedHeader_ChangesNothing(string header)
    {
        var utf8 = System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(header));

        Assert.Equal((302, Destination), await RawRequest.GetAsync(Server, $"/{await NewCodeAsync()}", utf8, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task LongReferrer_IsReadInTime()
    {
        var host = string.Concat(Enumerable.Repeat("\u0316\u0301", 3_000));
        var utf8 = System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes($"Referer: https://{host}/"));

        Assert.Equal((302, Destination), await RawRequest.GetAsync(Server, $"/{await NewCodeAsync()}", utf8, TestContext.Current.CancellationToken));
    }

    private async Task<string> NewCodeAsync() =>
        (await (await service.NewWorkspaceAsync()).Client.NewLinkAsync($$"""{"url":"{{Destination}}"}""")).Text("short_code");
}
