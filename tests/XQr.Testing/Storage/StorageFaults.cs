using Azure.Core;
using Azure.Core.Pipeline;

namespace XQr.Testing.Storage;

/// <summary>
/// Breaks the connection to storage at a chosen call. For good: to the application as to the storage it looks as if the process had
/// died there. Or for one call.
/// </summary>
public sealed class StorageFaults : HttpPipelinePolicy
{
    private const int TriesOfOneCall = 3;

    private int left = int.MaxValue;
    private int lost = int.MaxValue;
    private bool firstIsCarriedOut;

    /// <summary>Whether the fault has come about.</summary>
    public bool Happened { get; private set; }

    /// <summary>Lets some calls through and none after them.</summary>
    /// <param name="calls">How many.</param>
    /// <param name="andOneUnheard">Whether one more is carried out, of which the application doesn't hear.</param>
    public void DieAfter(int calls, bool andOneUnheard) => LoseAfter(calls, andOneUnheard, int.MaxValue);

    /// <summary>Lets some calls through and loses the next one, each time that it is tried. Then all is well again.</summary>
    /// <param name="calls">How many.</param>
    /// <param name="isCarriedOut">Whether the lost call is carried out at its first try.</param>
    public void LoseOneAfter(int calls, bool isCarriedOut) => LoseAfter(calls, isCarriedOut, TriesOfOneCall);

    /// <summary>Lets some calls through, then carries one out and loses its answer. When the client library tries it again, all is well.</summary>
    /// <param name="calls">How many.</param>
    public void LoseAnswerAfter(int calls) => LoseAfter(calls, isCarriedOut: true, tries: 1);

    /// <summary>Ends all faults.</summary>
    public void End() => LoseAfter(int.MaxValue, isCarriedOut: false, tries: 0);

    private void LoseAfter(int calls, bool isCarriedOut, int tries) => (lost, firstIsCarriedOut, Happened, left) = (tries, isCarriedOut, false, calls);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var turn = left == int.MaxValue ? int.MaxValue : Interlocked.Decrement(ref left);
        if (turn >= 0 || turn < -lost)
        {
            await ProcessNextAsync(message, pipeline);
            return;
        }

        Happened = true;
        if (turn == -1 && firstIsCarriedOut)
        {
            await ProcessNextAsync(message, pipeline);
        }

        throw new IOException("The process has died, as the test wants.");
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The application calls storage asynchronously.");
}
