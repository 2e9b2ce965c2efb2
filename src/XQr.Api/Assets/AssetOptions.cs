namespace XQr.Api.Assets;

/// <summary>Where assets are met (section <c>Xqr:Assets</c>).</summary>
public sealed class AssetOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = "Xqr:Assets";

    /// <summary>The address that stands for the container of published assets, such as that of a CDN before it.</summary>
    /// <value>An absolute http or https URL, for example <c>https://cdn.example/files</c>. By default the container's own address.</value>
    public string? PublicBaseUrl { get; set; }

    internal bool IsValid => string.IsNullOrEmpty(PublicBaseUrl)
        || (Uri.TryCreate(PublicBaseUrl, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            && url.UserInfo.Length == 0 && !PublicBaseUrl.AsSpan().ContainsAny('?', '#'));
}
