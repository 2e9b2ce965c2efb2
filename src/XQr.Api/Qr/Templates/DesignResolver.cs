using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Qr.Designs;
using XQr.Api.Qr.Images;
using XQr.Api.Qr.Logos;
using XQr.Rendering.Logos;

namespace XQr.Api.Qr.Templates;

/// <summary>Resolves the design of a QR code from a template or from the parameters of a request.</summary>
internal sealed class DesignResolver(TemplateStore templates, LogoBlobs blobs, LogoSource source)
{
    /// <summary>Returns the design of a template, or black on white without a template id. Takes at most one storage transaction.</summary>
    public async Task<OperationResult<ResolvedDesign>> ResolveTemplateAsync(
        string workspaceId, string? templateId, CancellationToken cancellationToken)
    {
        if (templateId is null)
        {
            return ResolvedDesign.Default;
        }

        if (!Ids.TryParse(templateId, out var id) || await templates.FindAsync(workspaceId, id, cancellationToken) is not { } template)
        {
            return QrErrors.TemplateNotFound();
        }

        return template.Logo is { } logo
            ? new ResolvedDesign(template.Design) { LogoHash = logo.Hash, ReadLogo = token => blobs.FindAsync(logo, token) }
            : new ResolvedDesign(template.Design);
    }

    /// <summary>Returns a design from a request with its logo.</summary>
    public async Task<OperationResult<ResolvedDesign>> ResolveAsync(string workspaceId, Design design, CancellationToken cancellationToken)
    {
        if (design.LogoUrl is not { } url)
        {
            return new ResolvedDesign(design);
        }

        var (logo, error) = await source.FindAsync(workspaceId, url, cancellationToken);
        if (logo is null)
        {
            return ApiErrors.InvalidField("logo_url", error!);
        }

        return new ResolvedDesign(design) { LogoHash = StoredLogo.HashOf(logo), ReadLogo = _ => Task.FromResult<QrLogo?>(logo) };
    }
}
