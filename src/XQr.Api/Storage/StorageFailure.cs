using Azure;
using Azure.Identity;

namespace XQr.Api.Storage;

/// <summary>Classifies failed calls to storage.</summary>
internal static class StorageFailure
{
    /// <summary>
    /// Returns whether storage was unavailable: down, too slow, throttling, contended, or closed to the app's identity. The same call may succeed
    /// later, once storage is back or the operator has restored the role assignment.
    /// </summary>
    public static bool IsOutage(Exception exception) => exception switch
    {
        RequestFailedException failure => failure.Status is 0 or 401 or 403 or 408 or 429 or >= 500,
        AggregateException tries => tries.InnerExceptions.All(IsOutage),
        AuthenticationFailedException or OperationCanceledException or HttpRequestException or IOException or TimeoutException
            or ContentionException => true,
        _ => false,
    };

    /// <summary>Returns whether another writer has changed, removed or created the row.</summary>
    public static bool IsConflict(RequestFailedException failure) => failure.Status is 404 or 409 or 412;

    /// <summary>Returns whether the table, container or queue does not exist: storage was never set up, or a newer version needs more.</summary>
    public static bool IsNotSetUp(Exception exception) =>
        exception is RequestFailedException { ErrorCode: "TableNotFound" or "ContainerNotFound" or "QueueNotFound" };

    /// <summary>Returns whether storage failed and the call may succeed later: an outage, a conflict, or storage that is missing.</summary>
    public static bool IsOfStorage(Exception exception) => IsOutage(exception) || exception is RequestFailedException;

    /// <summary>Returns whether the same call fails each time: storage refuses what is in it, or it cannot be sent at all.</summary>
    public static bool IsPermanent(Exception exception) =>
        !IsOutage(exception) && exception is not RequestFailedException { Status: 404 or 409 or 412 };

    /// <summary>Returns the status and code of storage's answer; null if there was none.</summary>
    public static string? CodeOf(Exception exception) =>
        exception is RequestFailedException { Status: > 0 } failure ? $"{failure.Status} {failure.ErrorCode}".TrimEnd() : null;

    /// <summary>Returns an explanation for the person who starts the service or a command; null if the failure is not one of storage.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        RequestFailedException { Status: 408 or 429 or >= 500 } failure => $"Storage refuses: {CodeOf(failure)}. {Attempts}",
        RequestFailedException { Status: > 0 } failure => $"Storage refuses: {CodeOf(failure)}.",
        AuthenticationFailedException => $"The Azure identity of this machine can't be used: {ReasonOf(exception)}",
        AggregateException when IsOutage(exception) => $"Storage can't be reached: {ReasonOf(exception).TrimEnd('.')}. {Attempts}",
        _ when IsOutage(exception) => $"Storage can't be reached: {ReasonOf(exception)}",
        _ => null,
    };

    /// <summary>Returns the reason for a failed call in one line. Of several attempts, the first one counts.</summary>
    public static string ReasonOf(Exception exception) => exception switch
    {
        AggregateException attempts => ReasonOf(attempts.InnerExceptions[0]),
        OperationCanceledException => "no response",
        _ => exception.Message.Split('\n')[0].Trim(),
    };

    private static string Attempts => $"Each call was tried for {StorageRetry.StartTimeout.TotalSeconds:0} seconds.";
}
