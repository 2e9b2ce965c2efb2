namespace XQr.Load;

/// <summary>Follows a short link a given number of times, 64 at once. wrk can't say how many of its last requests were carried out; this can.</summary>
internal static class ExactVisits
{
    private const string Browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

    public static async Task SendAsync(Uri url, int number)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Browser);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, number),
            new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (_, cancellationToken) =>
            {
                using var answer = await client.GetAsync(url, cancellationToken);
                if (answer.StatusCode != System.Net.HttpStatusCode.Found)
                {
                    throw new InvalidOperationException($"302 expected, not {(int)answer.StatusCode}.");
                }
            });
    }
}
