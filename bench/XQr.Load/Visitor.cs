namespace XQr.Load;

/// <summary>Who follows links: a browser, which doesn't go where it is sent.</summary>
internal static class Visitor
{
    public const string Browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

    /// <param name="service">What relative addresses are relative to; null where all are absolute.</param>
    public static HttpClient NewClient(Uri? service = null) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false }) { BaseAddress = service };
}
