using Microsoft.Azure.Functions.Worker;
using XQr.Api;

namespace XQr.Functions;

/// <summary>Defines the triggers of background work. On Kestrel, background services do the same.</summary>
/// <param name="services">The services of the worker.</param>
public sealed class WorkFunctions(IServiceProvider services)
{
    /// <summary>Does the work of a message. If it fails, the host tries it again, and then moves it to the queue <c>work-poison</c>.</summary>
    /// <param name="message">The text of the message.</param>
    /// <param name="context">The context with the metadata of the message.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("Work")]
    public Task WorkAsync(
        [QueueTrigger("work", Connection = "AzureWebJobsStorage")] string message, FunctionContext context, CancellationToken cancellationToken) =>
        services.RunXQrWorkAsync(message, context.Tries(), cancellationToken);

    /// <summary>Looks for lost work and for work whose time has come, every minute on one instance.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>A task that represents the operation.</returns>
    [Function("WorkSweep")]
    public Task SweepAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        services.RunXQrWorkSweepAsync(cancellationToken);
}
