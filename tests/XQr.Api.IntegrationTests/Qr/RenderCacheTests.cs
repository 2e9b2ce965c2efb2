using System.Net;
using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using XQr.Api.Qr.Images;
using XQr.Api.Storage;
using XQr.Testing;
using XQr.Testing.Decoding;
using XQr.Testing.Storage;

namespace XQr.Api.IntegrationTests.Qr;

/// <summary>Images that take longer to draw than to fetch are kept in storage, which no render needs.</summary>
public sealed class RenderCacheTests(ServiceFixture service, QrReader reader)
{
    private const string Styled = "/api/v1/qr/render?format=png&size=40&dot_style=dots&data=";

    /// <summary>The blob has another content than the image, and another instance answers with it.</summary>
    [Fact]
    public async Task StyledPng_SecondInstance_OneReadAndItsBytes()
    {
        // The other instance waits for storage as long as it takes, because nothing is drawn there and no timeout ends.
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var workspace = await service.NewWorkspaceAsync();
        await using var other = await service.StartAnotherAsync(services: services =>
            services.AddSingleton<TimeProvider>(time).AddSingleton(new DrawLimiter(slots: 0, maxWaiting: 1, time)));
        using var client = other.NewClient(workspace.Key);
        var path = Styled + Guid.NewGuid();
        var response = await workspace.Client.GetAsync(path);
        byte[] marked = [.. await response.Content.ReadAsByteArrayAsync(), 0];
        await UploadAsync(await StoredAsync(response), marked);

        byte[] answered = [];
        var calls = await other.Calls.DuringAsync(async () => answered = await client.ImageAsync(path));

        Assert.Equal(marked, answered);
        Assert.Single(calls, call => call.IsRead && call.IsOf("qr-renders"));
        Assert.DoesNotContain(await other.Calls.DuringAsync(() => client.ImageAsync(path)), call => call.IsOf("qr-renders"));
    }

    [Theory]
    [InlineData("/api/v1/qr/render?data=")]
    [InlineData("/api/v1/qr/render?size=40&dot_style=dots&data=")]
    [InlineData("/api/v1/qr/render?size=19&format=png&dot_style=dots&data=")]
    [InlineData("/api/v1/qr/render?size=40&format=png&foreground_color=%23123&data=")]
    [InlineData("/api/v1/qr/render?size=40&format=png&dot_style=dots&type=wifi&password=two-coffees&ssid=")]
    [InlineData("/api/v1/qr/render?size=40&format=png&dot_style=dots&data=WIFI:T:WPA;P:two-coffees;S:")]
    public async Task QuickOrSecretImage_IsNotStored(string path)
    {
        await using var instance = await service.StartAnotherAsync();
        var client = (await instance.NewWorkspaceAsync()).Client;
        var ssid = $"{Guid.NewGuid():N}"[..20];

        var calls = await instance.Calls.DuringAsync(async () =>
        {
            await client.ImageAsync(path + ssid);
            await client.ImageAsync(path + ssid);
            await instance.StopAsync();
        });

        Assert.DoesNotContain(calls, call => call.IsOf("qr-renders"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DamagedOrMissingBlob_IsHarmless(bool isMissing)
    {
        var workspace = await service.NewWorkspaceAsync();
        var path = Styled + Guid.NewGuid();
        var response = await workspace.Client.GetAsync(path);
        var image = await response.Content.ReadAsByteArrayAsync();
        var blob = await StoredAsync(response);
        if (isMissing)
        {
            await blob.DeleteAsync();
        }
        else
        {
            await blob.UploadAsync(new BinaryData("not an image"), overwrite: true);
        }

        await using var other = await service.StartAnotherAsync();
        using var client = other.NewClient(workspace.Key);
        Assert.Equal(image, await client.ImageAsync(path));

        await Eventually.TrueAsync(
            async () => await blob.ExistsAsync() && Same(image, (await blob.DownloadContentAsync()).Value.Content.ToArray()),
            "The image is stored again.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Outage_FailsNoRender(bool hangs)
    {
        await using var gate = new StorageGate(service.ConnectionString);

        // The time does not change, so that neither the key nor the limits need storage again.
        await using var instance = await XQrApplication.StartAsync(gate.ConnectionString, configure: new StillTime().Register);
        var client = (await instance.NewWorkspaceAsync()).Client;
        await client.GetAsync("/api/v1/links/x");

        gate.Close(hangs);

        Assert.Equal("one", await reader.ReadAsync(await client.ImageAsync(Styled + "one")));
        Assert.Equal("two", await reader.ReadAsync(await client.ImageAsync(Styled + "two")));
    }

    private static bool Same(byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other);

    /// <summary>The blob of an image, once it is stored: its name begins as the tag does.</summary>
    private async Task<BlobClient> StoredAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var renders = service.Application.Service<Containers>().QrRenders;
        var byTag = new GetBlobsOptions { Prefix = response.Header("ETag")!.Trim('"') };
        BlobItem? blob = null;
        await Eventually.TrueAsync(
            async () => (blob = await renders.GetBlobsAsync(byTag).FirstOrDefaultAsync()) is not null, "The image is stored.");
        return renders.GetBlobClient(blob!.Name);
    }

    private static async Task UploadAsync(BlobClient blob, byte[] content) => await blob.UploadAsync(
        new BinaryData(content),
        new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content)) } });
}
