using System.Diagnostics.CodeAnalysis;
using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Storage;

public sealed class UploadUrlTests(ServiceFixture service)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task ConnectionString_UrlWritesThatBlobAndNothingElse()
    {
        var blob = service.Application.Service<Containers>().Idempotency.GetBlobClient($"upload-{Guid.NewGuid():N}");
        using var client = new HttpClient();

        var url = await service.Application.Service<UploadUrls>().NewAsync(blob, Life, CancellationToken.None);

        Assert.Equal(HttpStatusCode.Created, await PutAsync(client, url));
        Assert.Equal("abc", (await blob.DownloadContentAsync()).Value.Content.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(url)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.DeleteAsync(url)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(client, new UriBuilder(url) { Path = $"{url.AbsolutePath}-other" }.Uri));
    }

    [Fact]
    public async Task ConnectionString_UrlEnds()
    {
        var blob = service.Application.Service<Containers>().Idempotency.GetBlobClient($"upload-{Guid.NewGuid():N}");
        using var client = new HttpClient();

        var url = await service.Application.Service<UploadUrls>().NewAsync(blob, TimeSpan.FromMinutes(-1), CancellationToken.None);

        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(client, url));
    }

    /// <summary>
    /// Azurite gives nobody a user delegation key, so the storage's answer is made up here; what is signed with it is Azure's to judge.
    /// </summary>
    [Fact]
    public async Task Identity_KeyIsAskedForOnceAndAgainBeforeItEnds()
    {
        var (time, storage) = (new OffsetTime(), new DelegatingStorage());
        var options = new BlobClientOptions();
        options.AddPolicy(storage, HttpPipelinePosition.PerCall);
        var account = new BlobServiceClient(new Uri("https://account.blob.core.windows.net"), new NoToken(), options);
        using var urls = new UploadUrls(account, time);
        var blob = account.GetBlobContainerClient("assets").GetBlobClient("one");

        var url = await urls.NewAsync(blob, Life, CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => urls.NewAsync(blob, Life, CancellationToken.None)));

        Assert.Equal(1, storage.Asked);
        Assert.Contains("sp=cw", url.Query, StringComparison.Ordinal);
        Assert.DoesNotContain("?st=", url.Query.Replace('&', '?'), StringComparison.Ordinal);
        Assert.Contains("spr=https&", url.Query, StringComparison.Ordinal);
        Assert.Contains("skoid=", url.Query, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromHours(11.8));
        await urls.NewAsync(blob, Life, CancellationToken.None);
        Assert.Equal(2, storage.Asked);
    }

    private static async Task<HttpStatusCode> PutAsync(HttpClient client, Uri url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, url)
        {
            Content = new StringContent("abc"),
            Headers = { { "x-ms-blob-type", "BlockBlob" } },
        };
        return (await client.SendAsync(request)).StatusCode;
    }

    private sealed class NoToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    /// <summary>Answers as the operation Get User Delegation Key does, with the times that were asked for.</summary>
    private sealed class DelegatingStorage : HttpPipelinePolicy
    {
        private int asked;

        public int Asked => asked;

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            using var body = new MemoryStream();
            await message.Request.Content!.WriteToAsync(body, CancellationToken.None);
            var info = System.Xml.Linq.XDocument.Parse(System.Text.Encoding.UTF8.GetString(body.ToArray()).TrimStart('\uFEFF')).Root!;
            Interlocked.Increment(ref asked);
            message.Response = new Answer($"""
                <?xml version="1.0" encoding="utf-8"?><UserDelegationKey><SignedOid>{Guid.Empty}</SignedOid><SignedTid>{Guid.Empty}</SignedTid>
                <SignedStart>{info.Element("Start")!.Value}</SignedStart><SignedExpiry>{info.Element("Expiry")!.Value}</SignedExpiry>
                <SignedService>b</SignedService><SignedVersion>2020-02-10</SignedVersion>
                <Value>{Convert.ToBase64String(new byte[32])}</Value></UserDelegationKey>
                """);
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
    }

    private sealed class Answer(string xml) : Response
    {
        public override int Status => 200;

        public override string ReasonPhrase => "OK";

        public override Stream? ContentStream { get; set; } = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(xml));

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose()
        {
        }

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => (value = null) is not null;

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values) => (values = null) is not null;
    }
}
