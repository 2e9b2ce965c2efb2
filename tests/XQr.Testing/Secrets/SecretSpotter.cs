using System.Text.RegularExpressions;

namespace XQr.Testing.Secrets;

/// <summary>Adds the secrets of requests and responses to <see cref="LogWatch"/>: keys, tokens and signed URLs.</summary>
public sealed partial class SecretSpotter : DelegatingHandler
{
    public SecretSpotter()
        : base(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
    }

    /// <summary>Adds the secrets of a text.</summary>
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
        if (request.Method == HttpMethod.Post && response.Content.Headers.ContentType?.MediaType is "application/json" or "text/html")
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
