using XQr.Api.Primitives;
using XQr.Api.Qr.Designs;
using XQr.Api.Qr.Logos;
using XQr.Api.Qr.Templates;
using XQr.Rendering.Logos;

namespace XQr.Api.Qr.Images;

/// <summary>Resolves the design of a QR code from a template or from the parameters of a request.</summary>
internal sealed class DesignResolver(TemplateStore templates, LogoBlobs blobs, LogoSource source)
{
    /// <summary>
    /// Returns the design of a template, black on white without a template id, or null if the template does not exist. Takes at most one
    /// storage transaction.
    /// </summary>
    public async Task<ResolvedDesign?> ResolveTemplateAsync(string workspaceId, string? templateId, CancellationToken cancellationToken)
    {
        if (templateId is null)
        {
            return ResolvedDesign.Default;
        }

        if (!Ids.TryParse(templateId, out var id) || await templates.FindAsync(workspaceId, id, cancellationToken) is not { } template)
        {
            return null;
        }

        return template.Logo is { } logo
            ? new(template.Design) { LogoHash = logo.Hash, ReadLogo = token => blobs.FindAsync(logo, token) }
            : new(template.Design);
    }

    /// <summary>Returns a design from a request with its logo, or the error of its logo.</summary>
    public async Task<(ResolvedDesign? Design, string? Error)> ResolveAsync(string workspaceId, Design design, CancellationToken cancellationToken)
    {
        if (design.LogoUrl is not { } url)
        {
            return (new(design), null);
        }

        var (logo, error) = await source.FindAsync(workspaceId, url, cancellationToken);
        return logo is null
            ? (null, error)
            : (new(design) { LogoHash = StoredLogo.HashOf(logo), ReadLogo = _ => Task.FromResult<QrLogo?>(logo) }, null);
    }
}
