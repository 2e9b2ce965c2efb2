using XQr.Api.Assets;
using XQr.Api.Outbound;
using XQr.Api.Qr.Designs;
using XQr.Api.Qr.Images;
using XQr.Api.Storage;
using XQr.Rendering.Logos;

namespace XQr.Api.Qr.Logos;

/// <summary>A logo, or the error of its URL.</summary>
internal sealed record LogoResult(QrLogo? Logo, string? Error);

/// <summary>Reads the logos of designs from assets and websites. The content decides the type, regardless of the name.</summary>
internal sealed class LogoSource : IDisposable
{
    private const string AssetRule = "must be the public_url of an asset of the workspace";
    private const string SizeRule = "must lead to an image of at most 2 MiB";

    /// <summary>The cache duration, which equals that of rendered images at clients.</summary>
    private static readonly TimeSpan CacheDuration = TimeSpan.FromMinutes(5);

    /// <summary>The timeout of a download, which leaves time to store the logo before the request's deadline.</summary>
    private static readonly TimeSpan DownloadTimeout = TimeSpan.FromSeconds(3);

    /// <summary>The maximum number of files that wait to be read. A file has up to 2 MiB.</summary>
    private const int MaxWaitingFiles = 16;

    private readonly PublicAssets assets;
    private readonly PublicDownloads downloads;
    private readonly DrawLimiter limiter;

    /// <summary>The queue of image files: one is read at a time, because of the memory that it takes.</summary>
    private readonly DrawLimiter readers;

    private readonly ReadThroughCache<LogoResult> recent;

    public LogoSource(PublicAssets assets, PublicDownloads downloads, DrawLimiter limiter, TimeProvider time)
    {
        this.assets = assets;
        this.downloads = downloads;
        this.limiter = limiter;
        readers = new(slots: 1, MaxWaitingFiles, time);
        recent = new(ReadAsync, new(CacheDuration, CacheDuration, OnOutage: TimeSpan.Zero), capacity: 16, time);

        async Task<LogoResult?> ReadAsync(string key, CancellationToken cancellationToken)
        {
            var split = key.IndexOf(' ', StringComparison.Ordinal);
            return await FetchAsync(key[..split], key[(split + 1)..], cancellationToken);
        }
    }

    /// <summary>Returns a logo for a design in a request, from the cache if possible.</summary>
    public async Task<LogoResult> FindAsync(string workspaceId, string url, CancellationToken cancellationToken)
    {
        var key = $"{workspaceId} {url}";
        var result = (await recent.GetAsync(key, cancellationToken))!;
        if (result.Error is not null)
        {
            recent.Forget(key);
        }

        return result;
    }

    /// <summary>Returns the logo at a URL, not from the cache.</summary>
    public Task<LogoResult> FetchAsync(string workspaceId, string url, CancellationToken cancellationToken) =>
        assets.IsOwn(url) ? ReadAssetAsync(workspaceId, url, cancellationToken) : DownloadAsync(url, cancellationToken);

    public void Dispose() => readers.Dispose();

    private async Task<LogoResult> ReadAssetAsync(string workspaceId, string url, CancellationToken cancellationToken)
    {
        if (await assets.FindAsync(workspaceId, url, cancellationToken) is not { } asset)
        {
            return new(null, AssetRule);
        }

        return await assets.ReadAsync(asset, QrLogo.MaxBytes, cancellationToken) is { } content
            ? await ReadAsync(content, cancellationToken)
            : new(null, SizeRule);
    }

    private async Task<LogoResult> DownloadAsync(string url, CancellationToken cancellationToken)
    {
        if (OutboundUrls.TryParse(url, out var error) is not { } address)
        {
            return new(null, error == OutboundUrls.Rule ? LogoUrlAttribute.Rule : error);
        }

        var download = await downloads.FetchAsync(address, QrLogo.MaxBytes, DownloadTimeout, cancellationToken);
        if (download.Content is { } content)
        {
            return await ReadAsync(content, cancellationToken);
        }

        return new(null, download.IsTooLarge ? SizeRule : "could not be fetched from a public address within 3 seconds");
    }

    /// <summary>
    /// Reads an image file. Only shapes and paints of an SVG file are used, so other content is harmless. Content that cannot be drawn is an
    /// error.
    /// </summary>
    private async Task<LogoResult> ReadAsync(byte[] content, CancellationToken cancellationToken)
    {
        using var reader = await readers.EnterAsync(cancellationToken);
        return await limiter.RunAsync(
            () => new LogoResult(QrLogo.TryRead(content, out var error), error is null ? null : $"must lead to another image: this one {error}"),
            cancellationToken);
    }
}
