using Microsoft.Extensions.Options;

namespace XQr.Api.Urls;

/// <summary>Creates the public URLs of this service.</summary>
internal sealed class PublicUrls
{
    private readonly Lazy<Uri> address;
    private readonly Lazy<HttpUrl?> own;

    public PublicUrls(IOptions<XQrOptions> options)
    {
        address = new(() => new Uri(
            (options.Value.PublicBaseUrl is { Length: > 0 } configured ? configured : ServedAt)
            ?? throw new InvalidOperationException($"Set {XQrOptions.Section}:PublicBaseUrl, the address of the short links.")));
        own = new(() => HttpUrl.TryParse(Root, out _));
        Configured = options.Value.PublicBaseUrl is { Length: > 0 } url ? new Uri(url) : null;
    }

    /// <summary>Gets the configured address; null if the default is used.</summary>
    public Uri? Configured { get; }

    /// <summary>Gets or sets the default address. The local server sets it to its own address when it listens.</summary>
    public string? ServedAt { get; set; }

    /// <summary>Gets the address, without a path.</summary>
    public string Root => address.Value.GetLeftPart(UriPartial.Authority);

    /// <summary>Returns the short URL of a short code.</summary>
    public string ShortUrl(string shortCode) => $"{Root}/{shortCode}";

    /// <summary>
    /// Returns whether a URL has the host and port of this service, in any spelling. The default ports of http and https are equal here,
    /// because one usually redirects to the other.
    /// </summary>
    public bool IsOwn(HttpUrl url) =>
        own.Value is { } root
        && HostName.Canonical(url.Host) == HostName.Canonical(root.Host)
        && (url.Port == root.Port || (url.HasDefaultPort && root.HasDefaultPort));
}
