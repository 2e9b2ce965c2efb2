using Microsoft.Extensions.Options;

namespace XQr.Api.Urls;

/// <summary>What the service knows of itself (section <c>Xqr</c>).</summary>
public sealed class XQrOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = "Xqr";

    /// <summary>The address that short URLs and QR codes are built from, without a path.</summary>
    /// <value>An absolute http or https URL, for example <c>https://xqr.example</c>. By default the local server's own address.</value>
    public string? PublicBaseUrl { get; set; }
}

/// <summary>Refuses an address of which short URLs would lose a part.</summary>
internal sealed class XQrOptionsValidator : IValidateOptions<XQrOptions>
{
    public ValidateOptionsResult Validate(string? name, XQrOptions options) =>
        options.PublicBaseUrl is { Length: > 0 } text && Fault(text) is { } fault
            ? ValidateOptionsResult.Fail($"{XQrOptions.Section}:PublicBaseUrl {fault}")
            : ValidateOptionsResult.Success;

    private static string? Fault(string text) =>
        !Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps) || HttpUrl.TryParse(text, out _) is null
            ? "must be an absolute http or https URL, such as https://go.example.com."
        : url.UserInfo.Length > 0 || text.Contains('@') ? "must not have a user name or password: set only scheme, host and port, such as https://go.example.com."
        : url.AbsolutePath != "/" ? "must not have a path, because short codes follow the host directly: set only scheme, host and port, such as https://go.example.com."
        : text.AsSpan().ContainsAny('?', '#') ? "must not have a query or fragment: set only scheme, host and port, such as https://go.example.com."
        : null;
}
