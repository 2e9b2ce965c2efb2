using System.Buffers;
using Microsoft.Extensions.Options;
using XQr.Api.Urls;

namespace XQr.Api.Pipeline;

/// <summary>Options for reading client addresses (section <c>Xqr</c>).</summary>
public sealed class ClientOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = XQrOptions.Section;

    /// <summary>Gets or sets the header in which the platform's front end sends the client's address.</summary>
    /// <value>
    /// A header such as <c>X-Azure-SocketIP</c>. By default there is none, and the address of the connection is used. Name only a header
    /// that the front end itself sets, otherwise clients can choose their address. In a list such as <c>X-Forwarded-For</c> the last entry
    /// is used, because the front end added it.
    /// </value>
    public string? ClientIpHeader { get; set; }
}

/// <summary>Rejects a name that no header can have, because every client would then get the address of the connection.</summary>
internal sealed class ClientOptionsValidator : IValidateOptions<ClientOptions>
{
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public ValidateOptionsResult Validate(string? name, ClientOptions options) =>
        options.ClientIpHeader.AsSpan().ContainsAnyExcept(Token)
            ? ValidateOptionsResult.Fail($"{ClientOptions.Section}:ClientIpHeader must be the name of one header, such as X-Azure-SocketIP.")
            : ValidateOptionsResult.Success;
}
