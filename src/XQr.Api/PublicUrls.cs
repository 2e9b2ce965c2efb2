using Microsoft.Extensions.Options;

namespace XQr.Api;

/// <summary>The addresses under which the public meets this service.</summary>
internal sealed class PublicUrls(IOptions<XQrOptions> options)
{
    private readonly Lazy<Uri> address = new(() => new Uri(
        options.Value.PublicBaseUrl ?? throw new InvalidOperationException($"Set {XQrOptions.Section}:PublicBaseUrl, the address of the short links.")));

    /// <summary>The address without a path.</summary>
    public string Root => address.Value.GetLeftPart(UriPartial.Authority);

    public string ShortUrl(string shortCode) => $"{Root}/{shortCode}";

    /// <summary>Whether a URL leads back to this service.</summary>
    public bool IsOwn(Uri url) =>
        url.IdnHost.Equals(address.Value.IdnHost, StringComparison.OrdinalIgnoreCase) && url.Port == address.Value.Port;
}
