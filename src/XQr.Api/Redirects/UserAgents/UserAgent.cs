namespace XQr.Api.Redirects.UserAgents;

/// <summary>What a user agent string tells.</summary>
/// <param name="IsBot">Whether a program visits and not a person. The rest is of no meaning then.</param>
/// <param name="Device">One of <see cref="DeviceKind"/>.</param>
/// <param name="Browser">The browser's family, <c>Other</c> where it is unknown.</param>
/// <param name="Os">The operating system's family, <c>Other</c> where it is unknown.</param>
internal sealed record UserAgent(bool IsBot, string Device, string Browser, string Os)
{
    public const string Other = "Other";

    public static UserAgent Bot { get; } = new(IsBot: true, DeviceKind.Desktop, Other, Other);
}
