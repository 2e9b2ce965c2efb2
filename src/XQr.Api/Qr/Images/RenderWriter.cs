using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using XQr.Api.Background;
using XQr.Rendering;

namespace XQr.Api.Qr.Images;

/// <summary>
/// Stores images after the response. Images are dropped if too many wait or the process ends, and are rendered again later.
/// </summary>
internal sealed class RenderWriter(RenderBlobs blobs, BackgroundWork background) : BackgroundService
{
    private const int MaxWaiting = 64;

    private readonly Channel<(string Key, QrOutcome.Image Image)> waiting = Channel.CreateBounded<(string, QrOutcome.Image)>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Add(string key, QrOutcome.Image image) => waiting.Writer.TryWrite((key, image));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (key, image) in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            // An image that was not stored is rendered again at the next request.
            await background.TryRunAsync("store-render", token => blobs.WriteAsync(key, image, token), stoppingToken);
        }
    }
}
