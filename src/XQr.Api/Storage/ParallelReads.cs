namespace XQr.Api.Storage;

/// <summary>Reads many values in parallel.</summary>
internal static class ParallelReads
{
    /// <summary>Returns the value of each key, in the order of the keys.</summary>
    public static async Task<TResult[]> ReadEachAsync<TKey, TResult>(
        this IReadOnlyList<TKey> keys, int parallelism, Func<TKey, CancellationToken, Task<TResult>> read, CancellationToken cancellationToken)
    {
        var results = new TResult[keys.Count];
        await Parallel.ForAsync(
            0,
            keys.Count,
            new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken },
            async (index, token) => results[index] = await read(keys[index], token));
        return results;
    }
}
