using Microsoft.AspNetCore.Http;

namespace XQr.Dashboard.Hosting;

/// <summary>Reads from which site a request comes (Fetch Metadata). Old browsers do not say it.</summary>
internal static class FetchMetadata
{
    private const string Header = "Sec-Fetch-Site";

    /// <summary>Returns whether the browser says that another site caused the request.</summary>
    public static bool IsForeign(this HttpRequest request) => request.Headers[Header].ToString() is not ("" or "same-origin" or "none");

    /// <summary>Returns whether the browser says that a page of this site caused the request.</summary>
    public static bool IsOwn(this HttpRequest request) => request.Headers[Header] == "same-origin";
}
