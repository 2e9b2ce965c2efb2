using Azure.Core;
using Azure.Core.Pipeline;

namespace XQr.Testing.Storage;

/// <summary>Advances a clock with each call to storage, as if storage needed that time, and counts the calls.</summary>
public sealed class StorageLatency(StillTime time, TimeSpan latency) : HttpPipelinePolicy
{
    private int calls;

    public int Calls => Volatile.Read(ref calls);

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Interlocked.Increment(ref calls);
        time.Advance(latency);
        return ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The application calls storage asynchronously.");
}
