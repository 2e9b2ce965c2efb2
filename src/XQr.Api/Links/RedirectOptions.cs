using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace XQr.Api.Links;

/// <summary>Options of redirects (section <c>Xqr:Redirects</c>).</summary>
public sealed class RedirectOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = "Xqr:Redirects";

    /// <summary>
    /// Gets or sets the memory for cached short codes in MiB. A short code takes about 1.5 KB, and up to 400 KB with routing rules.
    /// </summary>
    /// <value>4 to 16,384. The default is 64, about 40,000 short codes without routing rules.</value>
    [Range(4, 16_384)]
    public int CacheMegabytes { get; set; } = 64;
}

[OptionsValidator]
internal sealed partial class RedirectOptionsValidator : IValidateOptions<RedirectOptions>;
