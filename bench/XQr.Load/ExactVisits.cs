namespace XQr.Load;

/// <summary>
/// Requests a short link an exact number of times, with 64 concurrent requests. wrk does not report the number of its last requests.
/// </summary>
internal static class ExactVisits
{
    public static async Task SendAsync(Uri url, int number)
    {
        using var client = Visitor.NewClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Visitor.Browser);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, number),
            new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (_, cancellationToken) =>
            {
                using var response = await client.GetAsync(url, cancellationToken);
                if (response.StatusCode != System.Net.HttpStatusCode.Found)
                {
                    throw new InvalidOperationException($"302 expected, not {(int)response.StatusCode}.");
                }
            });
    }
}
