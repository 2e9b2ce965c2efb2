using Azure.Core;
using Azure.Core.Pipeline;

namespace XQr.Testing.Storage;

/// <summary>
/// Breaks the connection to storage at a chosen call, for good: to the application as to the storage it looks as if the process had
/// died there.
/// </summary>
public sealed class StorageFaults : HttpPipelinePolicy
{
    private int left = int.MaxValue;
    private bool lastIsCarriedOut;

    /// <summary>Whether the fault has come about.</summary>
    public bool Happened { get; private set; }

    /// <summary>Lets some calls through and none after them.</summary>
    /// <param name="calls">How many.</param>
    /// <param name="andOneUnheard">Whether one more is carried out, of which the application doesn't hear.</param>
    public void DieAfter(int calls, bool andOneUnheard)
    {
        (left, lastIsCarriedOut, Happened) = (calls, andOneUnheard, false);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var turn = left == int.MaxValue ? int.MaxValue : Interlocked.Decrement(ref left);
        if (turn >= 0)
        {
            await ProcessNextAsync(message, pipeline);
            return;
        }

        Happened = true;
        if (turn == -1 && lastIsCarriedOut)
        {
            await ProcessNextAsync(message, pipeline);
        }

        throw new IOException("The process has died, as the test wants.");
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The application calls storage asynchronously.");
}
