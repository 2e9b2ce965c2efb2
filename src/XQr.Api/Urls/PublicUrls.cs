using Microsoft.Extensions.Options;

namespace XQr.Api.Urls;

/// <summary>The addresses under which the public meets this service.</summary>
internal sealed class PublicUrls
{
    private readonly Lazy<Uri> address;
    private readonly Lazy<HttpUrl?> own;

    public PublicUrls(IOptions<XQrOptions> options)
    {
        address = new(() => new Uri((options.Value.PublicBaseUrl is { Length: > 0 } configured ? configured : ServedAt) ?? throw new InvalidOperationException($"Set {XQrOptions.Section}:PublicBaseUrl, the address of the short links.")));
        own = new(() => HttpUrl.TryParse(Root, out _));
    }

    /// <summary>The address to use where none is set: the local server tells the one that it listens at, known once it does.</summary>
    public string? ServedAt { get; set; }

    /// <summary>The address without a path.</summary>
    public string Root => address.Value.GetLeftPart(UriPartial.Authority);

    public string ShortUrl(string shortCode) => $"{Root}/{shortCode}";

    /// <summary>
    /// Returns whether a URL leads back to this service: to its host, however that is written, at its port. The usual ports of http and
    /// https count as one, since the one commonly redirects to the other.
    /// </summary>
    public bool IsOwn(HttpUrl url) =>
        own.Value is { } root
        && HostName.Canonical(url.Host) == HostName.Canonical(root.Host)
        && (url.Port == root.Port || (url.HasDefaultPort && root.HasDefaultPort));
}
