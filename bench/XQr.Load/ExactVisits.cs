namespace XQr.Load;

/// <summary>Follows a short link a given number of times, 64 at once. wrk can't say how many of its last requests were carried out; this can.</summary>
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
                using var answer = await client.GetAsync(url, cancellationToken);
                if (answer.StatusCode != System.Net.HttpStatusCode.Found)
                {
                    throw new InvalidOperationException($"302 expected, not {(int)answer.StatusCode}.");
                }
            });
    }
}
