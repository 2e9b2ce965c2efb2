using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace XQr.Testing.Storage;

/// <summary>Refuses calls to storage as storage itself would, for as long as a test wants.</summary>
public sealed class StorageRefusals : HttpPipelinePolicy
{
    private volatile Func<Request, Exception?>? refuse;

    /// <summary>Refuses all calls, or those whose path contains a text, with a status.</summary>
    public void Refuse(int status, string code, string path = "") => Refuse(path, () => new RequestFailedException(status, "As the test wants.", code, null));

    /// <summary>Refuses all calls, or those whose path contains a text.</summary>
    public void Refuse(string path, Func<Exception> failure) =>
        refuse = request => request.Uri.Path.Contains(path, StringComparison.Ordinal) ? failure() : null;

    public void Allow() => refuse = null;

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        refuse?.Invoke(message.Request) is { } failure ? throw failure : ProcessNextAsync(message, pipeline);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The application calls storage asynchronously.");
}
