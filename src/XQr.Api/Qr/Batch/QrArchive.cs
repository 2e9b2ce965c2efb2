using System.IO.Compression;
using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using XQr.Api.Links;
using XQr.Api.Qr.Images;
using XQr.Rendering;

namespace XQr.Api.Qr.Batch;

/// <summary>
/// A ZIP file with a code for each link, named by its short code: no two of these are the same in any case, and none needs escaping. It
/// is sent while it is made, so that it is never held whole; where that breaks off, the answer does, and is seen to be incomplete.
/// </summary>
internal sealed class QrArchive(IReadOnlyList<Link> links, PublicUrls urls, QrDesign design, ImageQuery query, DrawLimiter limiter) : IResult
{
    /// <summary>ZIP knows no time before; a fixed one makes the same codes the same file.</summary>
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>One code of each length: what fits, and how large a logo can be, depends on the length of the text alone.</summary>
    private readonly QrOutcome[] samples =
        [.. links.DistinctBy(link => link.ShortCode.Length).Select(link => QrRenderer.Render(urls.ShortUrl(link.ShortCode), design, QrFormat.Svg, 1))];

    /// <summary>Why one of the codes can't be made; null where all can.</summary>
    public QrOutcome? Refusal => samples.FirstOrDefault(outcome => outcome is not QrOutcome.Image);

    /// <summary>PNG is compressed already.</summary>
    private CompressionLevel Compression => query.Format == QrFormat.Png ? CompressionLevel.NoCompression : CompressionLevel.Optimal;

    /// <summary>The smallest size of a logo in the archive, where one had to be reduced.</summary>
    private double? ReducedLogoSize => samples.OfType<QrOutcome.Image>().Min(image => image.ReducedLogoSize);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancellationToken) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = MediaTypeNames.Application.Zip;
        response.Headers.ContentDisposition = "attachment; filename=\"qr-codes.zip\"";
        response.Headers.CacheControl = "private, no-store";
        QrImage.TellLogoSize(response, ReducedLogoSize);
        using var outbox = new Outbox();
        using (var zip = new ZipArchive(outbox, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var some in links.Chunk(Environment.ProcessorCount))
            {
                var images = await Task.WhenAll(some.Select(link => Task.Run(() => limiter.RunPatientlyAsync(() => Render(link, cancellationToken), cancellationToken), cancellationToken)));
                foreach (var (link, image) in some.Zip(images))
                {
                    Add(zip, link, image);
                }

                await outbox.SendAsync(response.Body, cancellationToken);
            }
        }

        await outbox.SendAsync(response.Body, cancellationToken);
    }

    private void Add(ZipArchive zip, Link link, byte[] image)
    {
        var entry = zip.CreateEntry($"{link.ShortCode}.{QrImage.Extension(query.Format)}", Compression);
        entry.LastWriteTime = Epoch;
        using var content = entry.Open();
        content.Write(image);
    }

    private byte[] Render(Link link, CancellationToken cancellationToken) =>
        QrRenderer.Render(urls.ShortUrl(link.ShortCode), design, query.Format, query.Size, cancellationToken) is QrOutcome.Image { Bytes: var image }
        ? image
        : throw new InvalidOperationException($"The code of {link.ShortCode} can't be made, unlike one of the same length.");
}
