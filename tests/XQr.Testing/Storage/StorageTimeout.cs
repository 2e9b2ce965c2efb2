using Azure.Core;
using Azure.Core.Pipeline;

namespace XQr.Testing.Storage;

/// <summary>
/// Gives each attempt of a call to storage a minute. The service gives it a second, which an emulator on a busy machine may exceed: that
/// would look like an outage.
/// </summary>
public sealed class StorageTimeout : HttpPipelineSynchronousPolicy
{
    /// <summary>Gets or sets whether calls have a minute. A test of an outage switches it off while storage hangs.</summary>
    public bool IsExtended { get; set; } = true;

    public override void OnSendingRequest(HttpMessage message)
    {
        if (IsExtended)
        {
            message.NetworkTimeout = TimeSpan.FromMinutes(1);
        }
    }
}
