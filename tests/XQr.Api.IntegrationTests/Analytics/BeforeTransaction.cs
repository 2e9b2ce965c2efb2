using Azure.Core;
using Azure.Core.Pipeline;

namespace XQr.Api.IntegrationTests.Analytics;

/// <summary>Runs an action once, before one of the next transactions is sent.</summary>
internal sealed class BeforeTransaction : HttpPipelinePolicy
{
    private Func<Task>? action;
    private int left;

    public bool HasRun { get; private set; }

    /// <param name="next">The action.</param>
    /// <param name="skip">The number of transactions to send before.</param>
    public void Run(Func<Task> next, int skip = 0) => (left, action) = (skip, next);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal)
            && Interlocked.Decrement(ref left) < 0
            && Interlocked.Exchange(ref action, null) is { } run)
        {
            await run();
            HasRun = true;
        }

        await ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The application calls storage asynchronously.");
}
