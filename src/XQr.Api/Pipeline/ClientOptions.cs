using System.Buffers;
using Microsoft.Extensions.Options;

namespace XQr.Api.Pipeline;

/// <summary>How the service learns the addresses of those who call it (section <c>Xqr</c>).</summary>
public sealed class ClientOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = XQrOptions.Section;

    /// <summary>The header in which the platform's front end tells the client's address.</summary>
    /// <value>
    /// For example <c>X-Azure-SocketIP</c>. By default none: the address of the connection counts. Name only a header that the front end
    /// itself sets, else clients choose their address. Of a list, as in <c>X-Forwarded-For</c>, the last entry counts, which the front
    /// end added; those before it came with the request.
    /// </value>
    public string? ClientIpHeader { get; set; }
}

/// <summary>Refuses a name that no header can have: every client would silently get the connection's address.</summary>
internal sealed class ClientOptionsValidator : IValidateOptions<ClientOptions>
{
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public ValidateOptionsResult Validate(string? name, ClientOptions options) =>
        options.ClientIpHeader.AsSpan().ContainsAnyExcept(Token)
            ? ValidateOptionsResult.Fail($"{ClientOptions.Section}:ClientIpHeader must be the name of one header, such as X-Azure-SocketIP.")
            : ValidateOptionsResult.Success;
}
