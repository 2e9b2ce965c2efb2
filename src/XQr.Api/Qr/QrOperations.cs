using System.Text;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Designs;
using XQr.Api.Qr.Images;
using XQr.Api.Qr.Payloads;
using XQr.Api.Qr.Templates;
using XQr.Api.Tenancy;
using XQr.Api.Urls;
using XQr.Rendering;

namespace XQr.Api.Qr;

/// <summary>Renders the QR codes of links, and any text with a template or a design.</summary>
internal sealed class QrOperations(LinkOperations links, LinkQrStore counts, DesignResolver designs, QrImages images, PublicUrls urls)
{
    /// <summary>The width of a module of a preview, in CSS pixels.</summary>
    private const int PreviewSize = 6;

    /// <summary>
    /// Renders the QR code that a short code has or would have, as an SVG element of a page. A look at a page is no use of a QR code, so
    /// no link is counted.
    /// </summary>
    /// <returns>The element; null if the short URL is too long for a QR code.</returns>
    public string? RenderPreview(string shortCode) =>
        QrRenderer.Render(urls.ShortUrl(shortCode), QrDesign.Default, QrFormat.Svg, PreviewSize) is QrOutcome.Image image
            ? Encoding.UTF8.GetString(image.Bytes)
            : null;

    /// <summary>Renders the QR code of a link. The first render counts the link as one with a QR code, unless the plan allows no more.</summary>
    public async Task<OperationResult<QrImage>> RenderLinkAsync(
        Caller caller, string id, RenderFields input, IfNoneMatch known, CancellationToken cancellationToken)
    {
        var (fields, errors) = input;
        var (query, appearance) = (ImageQuery.Read(fields), LinkImageQuery.Read(fields));
        if (errors.Any)
        {
            return errors.ToError();
        }

        var found = await links.GetAsync(caller, id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var resolved = await designs.ResolveTemplateAsync(caller.WorkspaceId, appearance.TemplateId, cancellationToken);
        if (!resolved.Succeeded)
        {
            return resolved.Error;
        }

        var (link, design) = (found.Value, resolved.Value.WithQuietZone(appearance.QuietZone));
        var payload = new Payload(urls.ShortUrl(link.ShortCode));
        var image = await images.RenderAsync(payload, design, query, $"{link.Id.ToString()[..8]}-qr", known, cancellationToken);
        if (!image.Succeeded || link.QrRendered)
        {
            return image;
        }

        var limit = caller.Plan.DynamicQr;
        return await counts.CountAsync(caller.WorkspaceId, link.Id, limit, cancellationToken) switch
        {
            LinkOutcome.NotFound => LinkErrors.NotFound(),
            LinkOutcome.OverLimit => QrErrors.TooManyCodes(limit),
            _ => image,
        };
    }

    /// <summary>Renders a text with a design. All fields must be known.</summary>
    public async Task<OperationResult<QrImage>> RenderAsync(Caller caller, RenderFields input, IfNoneMatch known, CancellationToken cancellationToken)
    {
        var (fields, errors) = input;
        var (payload, query, design) = (Payload.Read(fields), ImageQuery.Read(fields), DesignFields.Read(fields));
        fields.RejectUnknownProperties();
        if (errors.Any)
        {
            return errors.ToError();
        }

        var resolved = await designs.ResolveAsync(caller.WorkspaceId, design, cancellationToken);
        return resolved.Succeeded
            ? await images.RenderAsync(payload, resolved.Value, query, "qr", known, cancellationToken)
            : resolved.Error;
    }

    /// <summary>Renders a text with a template. All fields must be known, and none may be of a design.</summary>
    public async Task<OperationResult<QrImage>> RenderTemplateAsync(
        Caller caller, string id, RenderFields input, IfNoneMatch known, CancellationToken cancellationToken)
    {
        var (fields, errors) = input;
        var (payload, query) = (Payload.Read(fields), ImageQuery.Read(fields));
        fields.RejectUnknownProperties();
        if (errors.Any)
        {
            return errors.ToError();
        }

        var resolved = await designs.ResolveTemplateAsync(caller.WorkspaceId, id, cancellationToken);
        return resolved.Succeeded
            ? await images.RenderAsync(payload, resolved.Value, query, $"{id[..8]}-qr", known, cancellationToken)
            : resolved.Error;
    }
}
