using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Qr.Payloads;
using XQr.Rendering;

namespace XQr.Api.Qr.Images;

/// <summary>
/// Renders images, or returns cached ones: from memory, or from storage if an image can take longer to draw than to fetch (see the decision
/// record on stored renders). Drawing and fetching run in parallel, so that no render waits for storage or needs it.
/// </summary>
internal sealed class QrImages(RenderBlobs blobs, RenderWriter writer, DrawLimiter limiter, TimeProvider time)
{
    /// <summary>The minimum pixels per module at which drawing a PNG with shapes can take longer than fetching it.</summary>
    private const int MinStoredSize = 20;

    private const int MaxBytes = 32 * 1024 * 1024;

    private static readonly TimeSpan IdleTimeout = TimeSpan.FromHours(1);
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    private readonly BoundedCache<QrOutcome.Image> memory = new(MaxBytes, IdleTimeout, time, image => image.Bytes.Length);
    private long retryAt = long.MinValue;

    /// <summary>Returns an image, without its content if the caller has it already.</summary>
    public async Task<OperationResult<QrImage>> RenderAsync(
        Payload payload, ResolvedDesign resolved, ImageQuery query, string name, IfNoneMatch known, CancellationToken cancellationToken)
    {
        var key = ImageKey.Of(payload.Data, resolved.Design, resolved.LogoHash, query.Format, query.Size);
        var image = new QrImage(ResourceVersion.ToTag(key.AsSpan(0, 32)), null, query.Format, name);
        if (known.Names(image.Tag))
        {
            return image;
        }

        if (memory.TryGet(key, out var cached))
        {
            return image with { Content = cached };
        }

        var isStored = query is { Format: QrFormat.Png, Size: >= MinStoredSize } && resolved.IsStyled && !payload.IsSecret;
        var outcome = isStored
            ? await FetchOrDrawAsync(key, payload, resolved, query, cancellationToken)
            : await DrawAsync(payload, resolved, query, cancellationToken);
        switch (outcome)
        {
            case QrOutcome.Image content:
                memory.Set(key, content);
                return image with { Content = content };
            case null:
                return QrErrors.TemplateNotFound();
            default:
                return QrErrors.NotRendered(outcome);
        }
    }

    /// <summary>Fetches and draws in parallel. The first image cancels the other task.</summary>
    private async Task<QrOutcome?> FetchOrDrawAsync(
        string key, Payload payload, ResolvedDesign resolved, ImageQuery query, CancellationToken cancellationToken)
    {
        using var eitherDone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var fetching = FindStoredAsync(key, eitherDone.Token);
        var drawing = Task.Run(() => DrawAsync(payload, resolved, query, eitherDone.Token), eitherDone.Token);
        try
        {
            if (await Task.WhenAny(fetching, drawing) == fetching && await fetching is { } stored)
            {
                return stored;
            }

            var outcome = await OrStoredAsync(drawing, fetching);
            if (outcome is QrOutcome.Image image)
            {
                writer.Add(key, image);
            }

            return outcome;
        }
        finally
        {
            await eitherDone.CancelAsync();
        }
    }

    /// <summary>Returns the drawn image, or the stored one if this instance is overloaded.</summary>
    private static async Task<QrOutcome?> OrStoredAsync(Task<QrOutcome?> drawing, Task<QrOutcome.Image?> fetching)
    {
        await Task.WhenAny(drawing);
        return drawing.Exception?.InnerException is OverloadException && await fetching is { } stored ? stored : await drawing;
    }

    /// <summary>Draws an image. Returns null if its logo was deleted with the template.</summary>
    private async Task<QrOutcome?> DrawAsync(Payload payload, ResolvedDesign resolved, ImageQuery query, CancellationToken cancellationToken)
    {
        if (await resolved.ReadDesignAsync(cancellationToken) is not { } design)
        {
            return null;
        }

        return resolved.TakesLong(query.Format) ? await limiter.RunAsync(Render, cancellationToken) : Render();

        QrOutcome Render() => QrRenderer.Render(payload.Data, design, query.Format, query.Size, cancellationToken);
    }

    private async Task<QrOutcome.Image?> FindStoredAsync(string key, CancellationToken cancellationToken)
    {
        if (time.GetTimestamp() < Volatile.Read(ref retryAt))
        {
            return null;
        }

        using var timeout = new CancellationTokenSource(FetchTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await blobs.FindAsync(key, either.Token);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Any failure is harmless: the image can be drawn.
            Volatile.Write(ref retryAt, time.GetTimestamp() + (long)(RetryDelay.TotalSeconds * time.TimestampFrequency));
            return null;
        }
    }
}
