using Azure.Core;
using Azure.Core.Pipeline;

namespace XQr.Testing.Storage;

/// <summary>Runs an action after storage has executed a call on a table, before the application receives the response.</summary>
public sealed class StorageHook(string table) : HttpPipelinePolicy
{
    private Func<Task>? afterRead;
    private Func<Task>? afterWrite;

    /// <summary>Sets the action for the next read.</summary>
    public void AfterNextRead(Func<Task> action) => afterRead = action;

    /// <summary>Sets the action for the next write.</summary>
    public void AfterNextWrite(Func<Task> action) => afterWrite = action;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (!message.Request.Uri.ToUri().AbsolutePath.Contains($"/{table}", StringComparison.Ordinal))
        {
            return;
        }

        ref var next = ref message.Request.Method == RequestMethod.Get ? ref afterRead : ref afterWrite;
        if (Interlocked.Exchange(ref next, null) is { } action)
        {
            await action();
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The application calls storage asynchronously.");
}
