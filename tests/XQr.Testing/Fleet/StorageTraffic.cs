using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace XQr.Testing.Fleet;

/// <summary>Counts the calls of many instances to storage, and those that another writer overtook.</summary>
public sealed class StorageTraffic : HttpPipelinePolicy
{
    private int calls;
    private int conflicts;

    public int Calls => Volatile.Read(ref calls);

    /// <summary>Gets the number of transactions and writes that failed because a row had changed.</summary>
    public int Conflicts => Volatile.Read(ref conflicts);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Interlocked.Increment(ref calls);
        await ProcessNextAsync(message, pipeline);
        if (message.Request.Method != RequestMethod.Get && IsConflict(message.Response))
        {
            Interlocked.Increment(ref conflicts);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The application calls storage asynchronously.");

    /// <summary>Returns whether a call or a part of a transaction was refused. The status of a transaction is in its content.</summary>
    private static bool IsConflict(Response response) =>
        response.Status is 409 or 412
        || (response.Status == 202 && response.Content.ToString() is var text
            && (text.Contains("HTTP/1.1 412", StringComparison.Ordinal) || text.Contains("HTTP/1.1 409", StringComparison.Ordinal)));
}
