using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Logging;

namespace XQr.Api.Storage;

/// <summary>
/// Retries calls that storage did not answer, with a random part in each pause. A call of a request is tried three times, and its caller gets a
/// response within 5 seconds. A start or a command waits longer for storage that starts too, or for a busy machine.
/// </summary>
internal sealed partial class StorageRetry(TimeProvider time, ILogger<StorageRetry> logger) : RetryPolicy(
    int.MaxValue, DelayStrategy.CreateExponentialDelayStrategy(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(2)))
{
    /// <summary>The time in which a call of a start begins its attempts.</summary>
    public static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private const int MaxRetries = 2;

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LogAfter = TimeSpan.FromSeconds(1);

    /// <summary>Gives the calls of the current method, and of the methods that it calls, the time of a start until the result is disposed.</summary>
    public static IDisposable BeginStart() =>
        HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?> { [nameof(Start)] = new Start() });

    /// <inheritdoc/>
    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (StartOf(message) is not null)
        {
            message.NetworkTimeout = AttemptTimeout;
            message.SetProperty(typeof(StorageRetry), time.GetTimestamp());
        }

        return base.ProcessAsync(message, pipeline);
    }

    /// <inheritdoc/>
    protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        await base.ShouldRetryAsync(message, exception) && (StartOf(message) is { } start
            ? HasTime(start, message, exception)
            : message.ProcessingContext.RetryNumber < MaxRetries);

    private static Start? StartOf(HttpMessage message) => message.TryGetProperty(nameof(Start), out var start) ? start as Start : null;

    private bool HasTime(Start start, HttpMessage message, Exception? exception)
    {
        message.TryGetProperty(typeof(StorageRetry), out var startedAt);
        var elapsed = time.GetElapsedTime((long)startedAt!);
        if (elapsed > LogAfter && start.IsFirstLog())
        {
            var reason = exception is null ? $"status {message.Response.Status}" : StorageFailure.ReasonOf(exception);
            Log.Waiting(logger, reason, StartTimeout.TotalSeconds);
        }

        return elapsed < StartTimeout;
    }

    /// <summary>Represents a start, whose many calls log only once that they wait.</summary>
    private sealed class Start
    {
        private bool isLogged;

        public bool IsFirstLog() => !Interlocked.Exchange(ref isLogged, true);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Storage does not respond yet ({Reason}). Each call is tried for {Seconds} seconds")]
        public static partial void Waiting(ILogger logger, string reason, double seconds);
    }
}
