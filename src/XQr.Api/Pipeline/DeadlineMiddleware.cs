using Microsoft.AspNetCore.Http;

namespace XQr.Api.Pipeline;

/// <summary>
/// Cancels the work of an API call or a page early enough to respond within 5 seconds, see <see cref="WorkDeadline"/>. ASP.NET Core's
/// request timeouts clear the response headers and use only the system clock.
/// </summary>
internal sealed class DeadlineMiddleware(RequestDelegate next, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4.5);

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IDeadlineMetadata>() is null ? next(context) : LimitAsync(context);

    private async Task LimitAsync(HttpContext context)
    {
        var caller = context.RequestAborted;
        using var deadline = new WorkDeadline(Limit, time, caller);
        context.RequestAborted = deadline.Token;
        context.Api().Deadline = deadline;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException exception) when (deadline.IsOver)
        {
            throw new TimeoutException("The request's work took too long.", exception);
        }
        finally
        {
            context.Api().Deadline = null;
            context.RequestAborted = caller;
        }
    }
}
