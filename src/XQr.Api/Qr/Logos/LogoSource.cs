using XQr.Api.Assets;
using XQr.Api.Outbound;
using XQr.Api.Storage;
using XQr.Rendering.Logos;

namespace XQr.Api.Qr.Logos;

/// <summary>A logo, or the error of its URL.</summary>
internal sealed record LogoResult(QrLogo? Logo, string? Fault);

/// <summary>Downloads the logos of designs. The content decides the type, regardless of the name.</summary>
internal sealed class LogoSource
{
    private const string TooLarge = "must lead to an image of at most 2 MiB";

    /// <summary>The cache duration, which equals that of rendered images at clients.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>The timeout of a download, which leaves time to store the logo before the request's deadline.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly PublicAssets assets;
    private readonly PublicDownloads downloads;
    private readonly DrawLimiter limiter;
    private readonly ReadThroughCache<LogoResult> recent;

    public LogoSource(PublicAssets assets, PublicDownloads downloads, DrawLimiter limiter, TimeProvider time)
    {
        this.assets = assets;
        this.downloads = downloads;
        this.limiter = limiter;
        recent = new(ReadAsync, new(Fresh, Fresh, OnOutage: TimeSpan.Zero), capacity: 16, time);

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
        if (result.Fault is not null)
        {
            recent.Forget(key);
        }

        return result;
    }

    public async Task<LogoResult> FetchAsync(string workspaceId, string url, CancellationToken cancellationToken)
    {
        if (assets.IsOwn(url))
        {
            return await assets.FindAsync(workspaceId, url, cancellationToken) is not { } asset ? new(null, "must be the public_url of an asset of the workspace")
                : await assets.ReadAsync(asset, QrLogo.MaxBytes, cancellationToken) is { } found ? await limiter.RunAsync(() => Read(found), cancellationToken)
                : new(null, TooLarge);
        }

        if (OutboundUrls.TryParse(url, out var fault) is not { } address)
        {
            return new(null, fault == OutboundUrls.Rule ? $"must be the public_url of an asset of the workspace, or {OutboundUrls.Rule["must be ".Length..]}" : fault);
        }

        var download = await downloads.FetchAsync(address, QrLogo.MaxBytes, Patience, cancellationToken);
        return download.Content is { } content ? await limiter.RunAsync(() => Read(content), cancellationToken)
            : new(null, download.IsTooLarge ? TooLarge : "could not be fetched from a public address within 3 seconds");
    }

    private static LogoResult Read(byte[] content)
    {
        // Only shapes and paints of an SVG file are used, so other content is harmless. Content that cannot be drawn is an error.
        var logo = QrLogo.TryRead(content, out var fault);
        return new(logo, fault is null ? null : $"must lead to another image: this one {fault}");
    }
}
