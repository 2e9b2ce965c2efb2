using Microsoft.Extensions.Options;
using XQr.Api.Pipeline;

namespace XQr.Functions;

/// <summary>
/// Rejects client address headers that never reach the application in the Functions host: the host overwrites <c>X-Forwarded-*</c>, and the
/// worker applies and removes them. All clients would silently share one address.
/// </summary>
public sealed class ClientHeaderValidator : IValidateOptions<ClientOptions>
{
    /// <summary>Validates the options.</summary>
    /// <param name="name">The name of the options.</param>
    /// <param name="options">The options.</param>
    /// <returns>The result.</returns>
    public ValidateOptionsResult Validate(string? name, ClientOptions options) =>
        options.ClientIpHeader?.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase) == true
            ? ValidateOptionsResult.Fail(
                $"{ClientOptions.Section}:ClientIpHeader can't be {options.ClientIpHeader} under the Functions host, "
                + "which overwrites that header before the application receives it. "
                + "Behind Front Door, use X-Azure-SocketIP. Behind another proxy, use another header that the proxy sets. "
                + "Without a proxy, leave the setting empty: the host takes the address from its own front end.")
            : ValidateOptionsResult.Success;
}
