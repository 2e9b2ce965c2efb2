using XQr.Api.Work;

namespace XQr.Api.Assets;

/// <summary>Requests the <see cref="AssetSweep"/> when cleanup work is due.</summary>
internal sealed class AssetDueWork(AssetWorkStore works, WorkQueue queue) : IDueWork
{
    public async Task RequestAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await works.HasDueAsync(now, cancellationToken))
        {
            await queue.RequestAsync(AssetSweep.Name, subject: "", TimeSpan.Zero, cancellationToken);
        }
    }
}
