namespace XQr.Api.Redirects.UserAgents;

/// <summary>The properties in a user agent string.</summary>
/// <param name="IsBot">True if the visitor is a program. The other properties have no meaning then.</param>
/// <param name="Device">One of <see cref="DeviceKind"/>.</param>
/// <param name="Browser">The browser family; <c>Other</c> if unknown.</param>
/// <param name="Os">The operating system family; <c>Other</c> if unknown.</param>
internal sealed record UserAgent(bool IsBot, string Device, string Browser, string Os)
{
    /// <summary>The name of an unknown family.</summary>
    public const string Other = "Other";

    /// <summary>Gets the properties of every program.</summary>
    public static UserAgent Bot { get; } = new(IsBot: true, DeviceKind.Desktop, Other, Other);
}
