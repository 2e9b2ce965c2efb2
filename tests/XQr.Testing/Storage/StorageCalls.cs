using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace XQr.Testing.Storage;

/// <summary>Represents a call to storage, which is billed as one transaction.</summary>
/// <param name="Method">The HTTP method. All methods except GET write.</param>
/// <param name="Path">The path, without the account: <c>Workspaces(PartitionKey=…)</c>, or <c>$batch</c>.</param>
public sealed record StorageCall(string Method, string Path)
{
    public bool IsRead => Method == "GET";

    /// <summary>
    /// Gets a value that indicates whether the call is part of admission: the check of the key and its workspace, and the limits.
    /// </summary>
    public bool IsOfAdmission => IsOf("ApiKeys") || IsOf("RateCounters") || (IsRead && Path.EndsWith("RowKey='w')", StringComparison.Ordinal));

    public bool IsOf(string table) => Path.StartsWith(table, StringComparison.Ordinal);
}

/// <summary>Counts the calls of an application to storage. A call that the client library repeats counts once.</summary>
public sealed class StorageCalls : HttpPipelinePolicy
{
    private readonly ConcurrentQueue<(StorageCall Call, string RequestId)> calls = new();

    /// <summary>Returns the calls to storage during an action.</summary>
    public async Task<StorageCall[]> DuringAsync(Func<Task> action)
    {
        var before = calls.Count;
        await action();
        return [.. calls.Skip(before).DistinctBy(request => request.RequestId).Select(request => request.Call)];
    }

    /// <summary>Counts the calls to storage during an action, without those of admission, which vary with time and have separate tests.</summary>
    public async Task<int> CostAsync(Func<Task> action) => (await DuringAsync(action)).Count(call => !call.IsOfAdmission);

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Add(message);
        return ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Add(message);
        ProcessNext(message, pipeline);
    }

    private void Add(HttpMessage message)
    {
        var path = message.Request.Uri.ToUri().AbsolutePath.TrimStart('/');
        calls.Enqueue(
            (new(message.Request.Method.Method, path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..]), message.Request.ClientRequestId));
    }
}
