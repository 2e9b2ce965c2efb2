using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace XQr.Api;

/// <summary>What the service knows of itself (section <c>Xqr</c>).</summary>
public sealed class XQrOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = "Xqr";

    /// <summary>The address that short URLs and QR codes are built from, without a path.</summary>
    /// <value>An absolute http or https URL, for example <c>https://xqr.example</c>. By default the local server's own address.</value>
    [Url]
    public string? PublicBaseUrl { get; set; }
}

[OptionsValidator]
internal sealed partial class XQrOptionsValidator : IValidateOptions<XQrOptions>;
