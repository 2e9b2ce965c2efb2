namespace XQr.Load;

/// <summary>Creates clients that act as browsers and do not follow redirects.</summary>
internal static class Visitor
{
    public const string Browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

    /// <summary>Creates a client.</summary>
    /// <param name="service">The base address, or null if all addresses are absolute.</param>
    public static HttpClient NewClient(Uri? service = null) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false }) { BaseAddress = service };
}
