using System.Net;
using System.Text.Json;
using Azure.Storage.Blobs.Models;
using XQr.Api.Assets;
using XQr.Api.Work;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Assets;

/// <summary>Steps of tests with assets.</summary>
internal static class AssetSteps
{
    public const string Assets = "/api/v1/assets";

    public const string Svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\" /></svg>";

    /// <summary>Gets an image of one pixel.</summary>
    public static byte[] Png { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>Gets a client of storage, which has no key.</summary>
    public static HttpClient Storage { get; } = new();

    public static Task<HttpResponseMessage> PresignAsync(
        this HttpClient client, long size, string type = "image/png", string filename = "logo.png")
    {
        var query = $"filename={Uri.EscapeDataString(filename)}&content_type={Uri.EscapeDataString(type)}&file_size={size}";
        return client.PostAsync($"{Assets}/presign?{query}", null);
    }

    /// <summary>Uploads content with the request in the presign response.</summary>
    public static async Task<HttpResponseMessage> UploadAsync(this JsonElement presigned, byte[] content)
    {
        using var request = new HttpRequestMessage(new(presigned.Text("method")), presigned.Text("upload_url"));
        request.Content = new ByteArrayContent(content);
        foreach (var header in presigned.GetProperty("headers").EnumerateObject())
        {
            if (!request.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString()))
            {
                request.Content.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
            }
        }

        return await Storage.SendAsync(request);
    }

    /// <summary>Creates an asset with an upload that is not confirmed.</summary>
    public static async Task<string> UploadedAsync(this HttpClient client, byte[] content, string type = "image/png", string filename = "logo.png")
    {
        var presigned = await (await client.PresignAsync(content.Length, type, filename)).DataAsync();
        Assert.Equal(HttpStatusCode.Created, (await presigned.UploadAsync(content)).StatusCode);
        return presigned.Text("asset_id");
    }

    /// <summary>Creates an asset with a confirmed upload.</summary>
    public static async Task<string> NewAssetAsync(
        this HttpClient client, byte[]? content = null, string type = "image/png", string filename = "logo.png")
    {
        var id = await client.UploadedAsync(content ?? Png, type, filename);
        await (await client.DoAsync(id, "confirm")).DataAsync();
        return id;
    }

    /// <summary>Confirms, publishes or unpublishes an asset.</summary>
    public static Task<HttpResponseMessage> DoAsync(this HttpClient client, string id, string what) =>
        client.PostAsync($"{Assets}/{id}/{what}", null);

    /// <summary>Publishes an asset and returns its URL.</summary>
    public static async Task<string> PublishAsync(this HttpClient client, string id) =>
        (await (await client.DoAsync(id, "publish")).DataAsync()).Text("public_url");

    public static async Task<JsonElement> AssetAsync(this HttpClient client, string id) =>
        await (await client.GetAsync($"{Assets}/{id}")).DataAsync();

    /// <summary>Returns the asset counts of a workspace.</summary>
    public static Task<AssetUsage> UsageAsync(this XQrApplication application, string workspaceId) =>
        application.Service<AssetStore>().FindUsageAsync(workspaceId, CancellationToken.None);

    /// <summary>Returns the names of all blobs of the assets of a workspace.</summary>
    public static async Task<IReadOnlyList<string>> BlobsAsync(this XQrApplication application, string workspaceId, params string[] ids)
    {
        var containers = application.Service<Api.Storage.Containers>();
        var names = new List<string>();
        await foreach (var blob in containers.Assets.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{workspaceId}/", CancellationToken.None))
        {
            names.Add(blob.Name[(workspaceId.Length + 1)..]);
        }

        foreach (var id in ids)
        {
            await foreach (var blob in containers.AssetsPublic.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{id}/", CancellationToken.None))
            {
                names.Add($"{id}/public");
            }
        }

        return names;
    }

    /// <summary>Runs the cleanup work that is due at a time.</summary>
    public static Task SweepAsync(this XQrApplication application, DateTimeOffset now) =>
        application.Service<IEnumerable<IWorkHandler>>().OfType<AssetSweep>().Single()
            .RunDueAsync(now, new(TimeProvider.System), CancellationToken.None);
}
