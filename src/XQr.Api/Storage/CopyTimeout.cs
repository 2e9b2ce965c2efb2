using Azure.Core;
using Azure.Core.Pipeline;

namespace XQr.Api.Storage;

/// <summary>Gives calls that copy a blob more time than others, because storage answers only after the copy.</summary>
internal sealed class CopyTimeout : HttpPipelineSynchronousPolicy
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.Request.Headers.Contains("x-ms-copy-source"))
        {
            message.NetworkTimeout = Timeout;
        }
    }
}
