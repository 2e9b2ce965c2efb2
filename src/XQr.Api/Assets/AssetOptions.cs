namespace XQr.Api.Assets;

/// <summary>Options for the URLs of assets (section <c>Xqr:Assets</c>).</summary>
public sealed class AssetOptions
{
    /// <summary>The configuration section of these options.</summary>
    public const string Section = "Xqr:Assets";

    /// <summary>Gets or sets the base URL of published assets, such as that of a CDN in front of the container.</summary>
    /// <value>An absolute http or https URL, for example <c>https://cdn.example/files</c>. The default is the container's own URL.</value>
    public string? PublicBaseUrl { get; set; }

    internal bool IsValid => string.IsNullOrEmpty(PublicBaseUrl)
        || (Uri.TryCreate(PublicBaseUrl, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            && url.UserInfo.Length == 0 && !PublicBaseUrl.AsSpan().ContainsAny('?', '#'));
}
