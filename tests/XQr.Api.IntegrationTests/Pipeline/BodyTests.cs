using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using XQr.Testing;
using XQr.Testing.Network;

namespace XQr.Api.IntegrationTests.Pipeline;

/// <summary>Bodies as clients send them, and as attackers do.</summary>
public sealed class BodyTests(ServiceFixture service)
{
    private const string Links = "/api/v1/links";

    /// <summary>The longest answer to a body of one mebibyte that is wrong throughout.</summary>
    private const int MaxAnswer = 32 * 1024;

    [Fact]
    public async Task ByteOrderMark_IsSkipped()
    {
        var workspace = await service.NewWorkspaceAsync();
        using var content = Content([0xEF, 0xBB, 0xBF, .. """{"url":"https://example.com/"}"""u8]);

        await (await workspace.Client.PostAsync(Links, content)).DataAsync(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity, br")]
    [InlineData("unknown")]
    public async Task EncodedBody_UnsupportedAndTheAnswerSaysWhatIs(string coding)
    {
        var workspace = await service.NewWorkspaceAsync();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write("""{"url":"https://example.com/"}"""u8);
        }

        using var content = Content(packed.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        var response = await workspace.Client.PostAsync(Links, content);

        await response.ErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
        Assert.Equal("identity", response.Header("Accept-Encoding"));
    }

    [Fact]
    public async Task Identity_IsNoEncoding()
    {
        var workspace = await service.NewWorkspaceAsync();
        using var content = Content("""{"url":"https://example.com/"}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Encoding", "Identity");

        await (await workspace.Client.PostAsync(Links, content)).DataAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task SyntaxError_IsToldByItsPlace()
    {
        var workspace = await service.NewWorkspaceAsync();

        var error = await (await workspace.Client.PostJsonAsync(Links, "{\"url\":\"https://example.com/\",}"))
            .ErrorAsync(HttpStatusCode.BadRequest, "INVALID_JSON");

        Assert.Equal("The body is not valid JSON at line 1, byte 31, near '}'.", error.Text("message"));
    }

    [Theory]
    [InlineData("""{"url":"https://example.com/","labels":[""", "\"\",", "\"\"]}")]
    [InlineData("""{"url":"https://example.com/" """, ",\"{0}\":1", "}")]
    [InlineData("{\"", "{0}", "\":1}")]
    [InlineData(
        """{"url":"https://example.com/","routing_rules":[{"destination":"https://example.com/","conditions":{"countries":[""",
        "\"\",",
        "\"\"]}}]}")]
    public async Task HostileBody_ShortAnswer(string start, string part, string end)
    {
        var workspace = await service.NewWorkspaceAsync();
        var body = new StringBuilder(start);
        for (var i = 0; body.Length < (1024 * 1024) - 200; i++)
        {
            body.Append(part.Replace("{0}", $"{i:x}", StringComparison.Ordinal));
        }

        using var response = await workspace.Client.PostJsonAsync(Links, body.Append(end).ToString());

        Assert.InRange((await response.Content.ReadAsByteArrayAsync()).Length, 1, MaxAnswer);
        Assert.InRange((await response.ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR")).Fields().Length, 1, 100);
    }

    [Fact]
    public async Task HostileBulk_TenFaultsOfEachItem()
    {
        var workspace = await service.NewWorkspaceAsync();
        var item = $"{{{string.Join(',', Enumerable.Range(0, 1_000).Select(index => $"\"{index:x}\":1"))}}}";

        using var response = await workspace.Client.PostJsonAsync(
            $"{Links}/bulk", $$"""{"links":[{{string.Join(',', Enumerable.Repeat(item, 100))}}]}""");

        Assert.InRange((await response.Content.ReadAsByteArrayAsync()).Length, 1, 4 * MaxAnswer);
        var errors = (await response.DataAsync(HttpStatusCode.Created)).GetProperty("errors");
        Assert.Equal(100, errors.GetArrayLength());
        Assert.All(errors.EnumerateArray(), error => Assert.Equal(10, error.GetProperty("details").GetArrayLength()));
        Assert.Contains("; and 998 more; details lists the first 10.", errors[0].Text("message"), StringComparison.Ordinal);
    }

    /// <summary>A body that arrives more slowly than the server's rate ends in the envelope, and not as an outage of storage.</summary>
    [Fact]
    public async Task BodyThatStops_RequestTimeout()
    {
        await using var instance = await service.StartAnotherAsync(services: services => services.PostConfigure<KestrelServerOptions>(
            kestrel => kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 1_000_000, gracePeriod: TimeSpan.FromSeconds(1.5))));
        var workspace = await instance.NewWorkspaceAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(instance.Address.Host, instance.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {Links} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {workspace.Key}\r\n"
            + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"));

        var answer = await RawRequest.ReadAsync(client, TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"REQUEST_TIMEOUT\"", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Request-Id: req_", answer, StringComparison.Ordinal);
    }

    private static ByteArrayContent Content(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/json");
        return content;
    }
}
