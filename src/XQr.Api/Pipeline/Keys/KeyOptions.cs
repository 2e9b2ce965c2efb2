using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace XQr.Api.Pipeline.Keys;

/// <summary>How keys are checked (section <c>Xqr:Keys</c>).</summary>
public sealed class KeyOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = "Xqr:Keys";

    /// <summary>How many keys that are none (unknown prefix, wrong secret) one client address may send in a minute.</summary>
    /// <value>1 to 1,000,000; by default 60. They may come all at once; then one more each second. -1 for any number.</value>
    [Range(-1, 1_000_000)]
    [DeniedValues(0)]
    public int GuessesPerMinute { get; set; } = 60;
}

[OptionsValidator]
internal sealed partial class KeyOptionsValidator : IValidateOptions<KeyOptions>;
