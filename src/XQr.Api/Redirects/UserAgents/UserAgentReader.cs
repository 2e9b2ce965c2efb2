namespace XQr.Api.Redirects.UserAgents;

internal sealed record UserAgent(bool IsBot, string Device, string Browser, string Os);

internal sealed class UserAgentReader
{
    private readonly string device = "desktop";

    public UserAgent Read(string? userAgent) => new(string.IsNullOrEmpty(userAgent) || !userAgent.StartsWith("Mozilla/", StringComparison.Ordinal), device, "Other", "Other");
}
