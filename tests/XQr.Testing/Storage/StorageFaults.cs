using Azure.Core;
using Azure.Core.Pipeline;

namespace XQr.Testing.Storage;

/// <summary>
/// Breaks the connection to storage at a chosen call. For good: to the application as to the storage it looks as if the process had
/// died there. Or for one call.
/// </summary>
public sealed class StorageFaults : HttpPipelinePolicy
{
    private const int MaxAttempts = 3;

    private volatile Fault? fault;

    /// <summary>Gets whether the fault has come about.</summary>
    public bool Happened => fault is { Happened: true };

    /// <summary>Lets some calls through and none after them.</summary>
    /// <param name="calls">The number of calls.</param>
    /// <param name="andOneUnheard">Whether one more is carried out, of which the application doesn't hear.</param>
    public void DieAfter(int calls, bool andOneUnheard) => fault = new(calls, andOneUnheard, lostAttempts: null);

    /// <summary>Lets some calls through and loses the next one, at each of its attempts. All other calls are carried out.</summary>
    /// <param name="calls">The number of calls.</param>
    /// <param name="isCarriedOut">Whether the lost call is carried out at its first attempt.</param>
    public void LoseOneAfter(int calls, bool isCarriedOut) => fault = new(calls, isCarriedOut, MaxAttempts);

    /// <summary>Lets some calls through, then carries one out and loses its answer. The client library sends it again, and gets an answer.</summary>
    /// <param name="calls">The number of calls.</param>
    public void LoseAnswerAfter(int calls) => fault = new(calls, isCarriedOut: true, lostAttempts: 1);

    /// <summary>Ends all faults.</summary>
    public void End() => fault = null;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var loss = fault?.Next(message.Request.ClientRequestId) ?? Loss.None;
        if (loss != Loss.Whole)
        {
            await ProcessNextAsync(message, pipeline);
        }

        if (loss != Loss.None)
        {
            throw new IOException("The process has died, as the test wants.");
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The application calls storage asynchronously.");

    private enum Loss
    {
        None,
        Answer,
        Whole,
    }

    /// <summary>A fault that a test has set. Calls are told apart by their ids, which their attempts share.</summary>
    /// <param name="calls">The number of calls before it.</param>
    /// <param name="isCarriedOut">Whether the first attempt that is lost is carried out.</param>
    /// <param name="lostAttempts">The number of attempts of the one call that is lost; null if all calls are lost from then on.</param>
    private sealed class Fault(int calls, bool isCarriedOut, int? lostAttempts)
    {
        private readonly Lock gate = new();
        private readonly HashSet<string> seen = [];
        private string? lostCall;
        private int lost;

        public bool Happened => Volatile.Read(ref lost) > 0;

        public Loss Next(string requestId)
        {
            lock (gate)
            {
                if (seen.Add(requestId) && seen.Count > calls)
                {
                    lostCall ??= requestId;
                }

                var isLost = lostCall is not null && (lostAttempts is not { } most || (requestId == lostCall && lost < most));
                return !isLost ? Loss.None : ++lost == 1 && isCarriedOut ? Loss.Answer : Loss.Whole;
            }
        }
    }
}
