using System.Text.RegularExpressions;

namespace XQr.Testing.Secrets;

/// <summary>Tells <see cref="LogWatch"/> of the secrets that go by: keys and tokens that are sent, keys and signed URLs that are answered.</summary>
public sealed partial class SecretSpotter : DelegatingHandler
{
    public SecretSpotter()
        : base(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
    }

    /// <summary>The secrets that a text shows on purpose.</summary>
    public static void Spot(string text, LogWatch watch)
    {
        foreach (Match key in Keys().Matches(text))
        {
            watch.AddCredential(key.Value);
        }

        foreach (Match signature in Signatures().Matches(text))
        {
            watch.AddSecret(signature.Groups[1].Value);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        LogWatch.Shared.AddCredential(request.Headers.Authorization?.Parameter);
        var response = await base.SendAsync(request, cancellationToken);
        if (request.Method == HttpMethod.Post && response.Content.Headers.ContentType?.MediaType == "application/json")
        {
            Spot(await response.Content.ReadAsStringAsync(cancellationToken), LogWatch.Shared);
        }

        return response;
    }

    [GeneratedRegex(@"xqr_pk_[0-9a-f]{8}\.[\w-]{64}")]
    private static partial Regex Keys();

    [GeneratedRegex(@"[?&;]sig=([^&""\s]+)")]
    private static partial Regex Signatures();
}
