using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace XQr.Api.Qr.Images;

/// <summary>Stores images after they were answered. Where more come than can be stored, or the process ends, some are made again some day.</summary>
internal sealed partial class RenderWriter(RenderBlobs blobs, ILogger<RenderWriter> logger) : BackgroundService
{
    private const int MaxWaiting = 64;

    private readonly Channel<(string Key, byte[] Image)> waiting = Channel.CreateBounded<(string, byte[])>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Add(string key, byte[] image) => waiting.Writer.TryWrite((key, image));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (key, image) in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await blobs.WriteAsync(key, image, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotStored(logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An image was not stored; it is made again when it is asked for")]
        public static partial void NotStored(ILogger logger, Exception exception);
    }
}
