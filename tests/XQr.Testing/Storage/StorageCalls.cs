using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace XQr.Testing.Storage;

/// <summary>A call to storage: what is billed as one transaction.</summary>
/// <param name="Method">GET reads, everything else writes.</param>
/// <param name="Path">The path, without the account: <c>Workspaces(PartitionKey=…)</c>, or <c>$batch</c>.</param>
public sealed record StorageCall(string Method, string Path)
{
    public bool IsRead => Method == "GET";

    /// <summary>Whether it belongs to the check of a key, of which the workspace is a part, or to the limits.</summary>
    public bool IsOfAdmission => IsOf("ApiKeys") || IsOf("RateCounters") || (IsRead && Path.EndsWith("RowKey='w')", StringComparison.Ordinal));

    public bool IsOf(string table) => Path.StartsWith(table, StringComparison.Ordinal);
}

/// <summary>Sees every call of an application to storage. A call that the client library repeats, since a busy emulator failed it, is one.</summary>
public sealed class StorageCalls : HttpPipelinePolicy
{
    private readonly ConcurrentQueue<(StorageCall Call, string RequestId)> calls = new();

    /// <summary>Returns the calls that an action makes, or that are made while it runs.</summary>
    public async Task<StorageCall[]> DuringAsync(Func<Task> action)
    {
        var before = calls.Count;
        await action();
        return [.. calls.Skip(before).DistinctBy(request => request.RequestId).Select(request => request.Call)];
    }

    /// <summary>Counts the calls that an action makes, without those of its admission, which come and go with the time and have their own tests.</summary>
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
        calls.Enqueue((new(message.Request.Method.Method, path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..]), message.Request.ClientRequestId));
    }
}
