using Microsoft.Extensions.Options;

namespace XQr.Api.Urls;

/// <summary>Options for the service (section <c>Xqr</c>).</summary>
public sealed class XQrOptions
{
    /// <summary>The configuration section of these options.</summary>
    public const string Section = "Xqr";

    /// <summary>Gets or sets the base URL of short URLs and QR codes, without a path.</summary>
    /// <value>An absolute http or https URL, for example <c>https://xqr.example</c>. The default is the address of the local server.</value>
    public string? PublicBaseUrl { get; set; }
}

/// <summary>Rejects a base URL with parts that short URLs cannot have.</summary>
internal sealed class XQrOptionsValidator : IValidateOptions<XQrOptions>
{
    private const string Remedy = "set only scheme, host and port, such as https://go.example.com.";

    public ValidateOptionsResult Validate(string? name, XQrOptions options) =>
        options.PublicBaseUrl is { Length: > 0 } text && ValidateUrl(text) is { } error
            ? ValidateOptionsResult.Fail($"{XQrOptions.Section}:PublicBaseUrl {error}")
            : ValidateOptionsResult.Success;

    private static string? ValidateUrl(string text) =>
        !Uri.TryCreate(text, UriKind.Absolute, out var url) || HttpUrl.TryParse(text, out _) is null
            ? "must be an absolute http or https URL, such as https://go.example.com."
        : url.UserInfo.Length > 0 || text.Contains('@') ? $"must not have a user name or password: {Remedy}"
        : url.AbsolutePath != "/" ? $"must not have a path, because short codes follow the host directly: {Remedy}"
        : text.AsSpan().ContainsAny('?', '#') ? $"must not have a query or fragment: {Remedy}"
        : null;
}
