using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace XQr.Api.Pipeline.Keys;

/// <summary>Options of the key check (section <c>Xqr:Keys</c>).</summary>
public sealed class KeyOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = "Xqr:Keys";

    /// <summary>Gets or sets the failed key attempts (unknown prefix, wrong secret) that one client address may make in a minute.</summary>
    /// <value>1 to 1,000,000, or -1 for no limit. The default is 60: all at once, then one more each second.</value>
    [Range(-1, 1_000_000)]
    [DeniedValues(0)]
    public int GuessesPerMinute { get; set; } = 60;
}

[OptionsValidator]
internal sealed partial class KeyOptionsValidator : IValidateOptions<KeyOptions>;
