using System.IO.Compression;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Images;
using XQr.Api.Urls;
using XQr.Rendering;

namespace XQr.Api.Qr.Batch;

/// <summary>
/// Writes a ZIP file with the QR code of each link. Entries are named by short code: short codes differ by more than case and need no
/// escaping. The file is never held in memory as a whole.
/// </summary>
internal sealed class QrArchive(IReadOnlyList<Link> links, PublicUrls urls, QrDesign design, ImageQuery query, DrawLimiter limiter)
{
    /// <summary>The earliest time that ZIP supports. A fixed time gives the same file for the same codes.</summary>
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>One code for each length of text: the length alone decides if the text fits and how large the logo can be.</summary>
    private readonly QrOutcome[] samples =
    [
        .. links.DistinctBy(link => link.ShortCode.Length)
            .Select(link => QrRenderer.Render(urls.ShortUrl(link.ShortCode), design, QrFormat.Svg, 1)),
    ];

    /// <summary>Gets the error of a code that cannot be rendered, or null if all can.</summary>
    public ApiError? Error => samples.FirstOrDefault(outcome => outcome is not QrOutcome.Image) is { } outcome ? QrErrors.NotRendered(outcome) : null;

    /// <summary>Gets the smallest logo size in the archive, or null if no logo was reduced.</summary>
    public double? ReducedLogoSize => samples.OfType<QrOutcome.Image>().Min(image => image.ReducedLogoSize);

    /// <summary>Gets the compression level. PNG images are compressed already.</summary>
    private CompressionLevel Compression => query.Format == QrFormat.Png ? CompressionLevel.NoCompression : CompressionLevel.Optimal;

    /// <summary>Renders the codes and writes the file.</summary>
    public async Task WriteAsync(Stream destination, CancellationToken cancellationToken)
    {
        using var buffer = new ForwardOnlyBuffer();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var some in links.Chunk(Environment.ProcessorCount))
            {
                var images = await Task.WhenAll(some.Select(link => RenderAsync(link, cancellationToken)));
                foreach (var (link, image) in some.Zip(images))
                {
                    Add(zip, link, image);
                }

                await buffer.SendAsync(destination, cancellationToken);
            }
        }

        await buffer.SendAsync(destination, cancellationToken);
    }

    private void Add(ZipArchive zip, Link link, byte[] image)
    {
        var entry = zip.CreateEntry($"{link.ShortCode}.{QrImage.Extension(query.Format)}", Compression);
        entry.LastWriteTime = Epoch;
        using var content = entry.Open();
        content.Write(image);
    }

    private Task<byte[]> RenderAsync(Link link, CancellationToken cancellationToken) =>
        Task.Run(() => limiter.RunWhenFreeAsync(() => Render(link, cancellationToken), cancellationToken), cancellationToken);

    private byte[] Render(Link link, CancellationToken cancellationToken) =>
        QrRenderer.Render(urls.ShortUrl(link.ShortCode), design, query.Format, query.Size, cancellationToken) is QrOutcome.Image { Bytes: var image }
        ? image
        : throw new InvalidOperationException($"The code of {link.ShortCode} can't be rendered, unlike one of the same length.");
}
