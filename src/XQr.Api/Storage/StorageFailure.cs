using Azure;
using Azure.Identity;

namespace XQr.Api.Storage;

/// <summary>Tells what a failed call to storage means.</summary>
internal static class StorageFailure
{
    /// <summary>Whether storage was down, too slow or throttling, or others were in the way: the same call may go through later.</summary>
    public static bool IsOutage(Exception exception) => exception switch
    {
        RequestFailedException failure => failure.Status is 0 or 408 or 429 or >= 500,
        AggregateException tries => tries.InnerExceptions.All(IsOutage),
        OperationCanceledException or HttpRequestException or IOException or TimeoutException or ContentionException => true,
        _ => false,
    };

    /// <summary>Whether the row was changed or removed by somebody else, or made by somebody else.</summary>
    public static bool IsConflict(RequestFailedException failure) => failure.Status is 404 or 409 or 412;

    /// <summary>Whether the table or container of a call isn't there: storage was never set up, or lacks what a newer version needs.</summary>
    public static bool IsNotSetUp(Exception exception) => exception is RequestFailedException { ErrorCode: "TableNotFound" or "ContainerNotFound" };

    /// <summary>What a person who starts the service should know of a failed call; null where it isn't storage that failed.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        RequestFailedException { Status: > 0 } failure => $"Storage refuses: {failure.Status} {failure.ErrorCode}.",
        AuthenticationFailedException => $"The Azure identity of this machine can't be used: {FirstLine(exception)}",
        _ when IsOutage(exception) => $"Storage can't be reached: {FirstLine(exception)}",
        _ => null,
    };

    private static string FirstLine(Exception exception) => (exception is AggregateException tries ? tries.InnerExceptions[0] : exception).Message.Split('\n')[0].Trim();
}
