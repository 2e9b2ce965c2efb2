using Azure.Core;
using Azure.Core.Pipeline;

namespace XQr.Api.Storage;

/// <summary>A copy is answered when it is made: it is given more time than a call whose answer is there at once.</summary>
internal sealed class CopyTimeout : HttpPipelineSynchronousPolicy
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(10);

    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.Request.Headers.Contains("x-ms-copy-source"))
        {
            message.NetworkTimeout = Time;
        }
    }
}
