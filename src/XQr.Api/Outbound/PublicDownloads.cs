using System.Net;

namespace XQr.Api.Outbound;

/// <summary>The result of a download.</summary>
/// <param name="Content">The content; null if the download failed.</param>
/// <param name="IsTooLarge">True if the content is too large.</param>
internal readonly record struct Download(byte[]? Content, bool IsTooLarge = false);

/// <summary>
/// Downloads files from public https addresses. All failures have the same result, so callers cannot probe networks: unknown and private
/// names, closed ports and failing servers look alike.
/// </summary>
internal sealed class PublicDownloads(IHttpClientFactory clients, TimeProvider time)
{
    /// <summary>The name of the HTTP client, whose handler <see cref="PublicConnector"/> creates.</summary>
    public const string Client = "public";

    private const int MaxRedirects = 3;

    /// <summary>Downloads a file.</summary>
    /// <param name="url">The URL; see <see cref="OutboundUrls"/>.</param>
    /// <param name="maxBytes">The maximum size.</param>
    /// <param name="timeout">The timeout of the whole download, including redirects.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<Download> FetchAsync(Uri url, int maxBytes, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            return await FollowAsync(url, maxBytes, either.Token);
        }
        catch (Exception exception) when (
            exception is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return default;
        }
    }

    private async Task<Download> FollowAsync(Uri? url, int maxBytes, CancellationToken cancellationToken)
    {
        var client = clients.CreateClient(Client);
        for (var hop = 0; hop <= MaxRedirects && url is not null; hop++)
        {
            using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return await ReadAsync(response.Content, maxBytes, cancellationToken);
            }

            var isRedirect = response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
            url = isRedirect && response.Headers.Location is { } location && Uri.TryCreate(url, location, out var next)
                ? OutboundUrls.TryParse(next.OriginalString, out _)
                : null;
        }

        return default;
    }

    /// <summary>Reads the content up to the limit, regardless of the Content-Length header.</summary>
    private static async Task<Download> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maxBytes)
        {
            return new(null, IsTooLarge: true);
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + read > maxBytes)
            {
                return new(null, IsTooLarge: true);
            }

            bytes.Write(buffer, 0, read);
        }

        return new(bytes.ToArray());
    }
}
