using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace XQr.Testing.Storage;

/// <summary>Rejects calls to storage with the errors of storage.</summary>
public sealed class StorageRefusals : HttpPipelinePolicy
{
    private volatile Func<Request, Exception?>? refuse;

    /// <summary>Rejects all calls, or those with a path that contains a text, with a status.</summary>
    public void Refuse(int status, string code, string path = "") =>
        Refuse(path, () => new RequestFailedException(status, "The test rejects the call.", code, null));

    /// <summary>Rejects all calls, or those with a path that contains a text.</summary>
    public void Refuse(string path, Func<Exception> failure) =>
        refuse = request => request.Uri.Path.Contains(path, StringComparison.Ordinal) ? failure() : null;

    /// <summary>Allows all calls again.</summary>
    public void Allow() => refuse = null;

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        refuse?.Invoke(message.Request) is { } failure ? throw failure : ProcessNextAsync(message, pipeline);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The application calls storage asynchronously.");
}
