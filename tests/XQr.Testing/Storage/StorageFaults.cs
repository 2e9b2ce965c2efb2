using Azure.Core;
using Azure.Core.Pipeline;

namespace XQr.Testing.Storage;

/// <summary>
/// Breaks the connection to storage at a chosen call: permanently, as if the process had died there, or for one call.
/// </summary>
public sealed class StorageFaults : HttpPipelinePolicy
{
    private const int MaxAttempts = 3;

    private volatile Fault? fault;

    /// <summary>Gets a value that indicates whether the fault has occurred.</summary>
    public bool Happened => fault is { Happened: true };

    /// <summary>Allows some calls and breaks the connection after them.</summary>
    /// <param name="calls">The number of calls.</param>
    /// <param name="loseNextResponse">True to execute one more call and lose its response.</param>
    public void DieAfter(int calls, bool loseNextResponse) => fault = new(calls, loseNextResponse, lostAttempts: null);

    /// <summary>Allows some calls and breaks the connection at each attempt of the next one. All other calls are executed.</summary>
    /// <param name="calls">The number of calls.</param>
    /// <param name="isExecuted">True to execute the lost call at its first attempt.</param>
    public void LoseOneAfter(int calls, bool isExecuted) => fault = new(calls, isExecuted, MaxAttempts);

    /// <summary>Allows some calls, executes the next one and loses its response. The retry of the client library succeeds.</summary>
    /// <param name="calls">The number of calls.</param>
    public void LoseAnswerAfter(int calls) => fault = new(calls, isExecuted: true, lostAttempts: 1);

    /// <summary>Ends all faults.</summary>
    public void End() => fault = null;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var loss = fault?.Next(message.Request.ClientRequestId) ?? Loss.None;
        if (loss != Loss.Call)
        {
            await ProcessNextAsync(message, pipeline);
        }

        if (loss != Loss.None)
        {
            throw new IOException("The test has broken the connection.");
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The application calls storage asynchronously.");

    private enum Loss
    {
        None,
        Response,
        Call,
    }

    /// <summary>Represents a fault. All attempts of a call have the same id.</summary>
    /// <param name="calls">The number of calls before the fault.</param>
    /// <param name="isExecuted">True to execute the first lost attempt.</param>
    /// <param name="lostAttempts">The number of lost attempts of one call, or null if all later calls are lost.</param>
    private sealed class Fault(int calls, bool isExecuted, int? lostAttempts)
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

                var isLost = lostCall is not null && (lostAttempts is not { } max || (requestId == lostCall && lost < max));
                if (!isLost)
                {
                    return Loss.None;
                }

                return ++lost == 1 && isExecuted ? Loss.Response : Loss.Call;
            }
        }
    }
}
