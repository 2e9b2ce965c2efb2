using XQr.Api.Qr.Designs;
using XQr.Api.Qr.Logos;
using XQr.Api.Qr.Templates;
using XQr.Rendering.Logos;

namespace XQr.Api.Qr.Images;

/// <summary>Where looks come from: templates, or the parameters of a request.</summary>
internal sealed class Looks(TemplateStore templates, LogoBlobs blobs, LogoSource source)
{
    /// <summary>The look of a template; black on white where none is named, null where there is no such template. One transaction, or none.</summary>
    public async Task<Look?> FindAsync(string workspaceId, string? templateId, CancellationToken cancellationToken)
    {
        if (templateId is null)
        {
            return Look.Default;
        }

        if (!Ids.TryParse(templateId, out var id) || await templates.FindAsync(workspaceId, id, cancellationToken) is not { } template)
        {
            return null;
        }

        return template.Logo is { } logo
            ? new(template.Design) { LogoHash = logo.Hash, ReadLogo = token => blobs.FindAsync(logo, token) }
            : new(template.Design);
    }

    /// <summary>The look of a design that isn't kept, or what is wrong with its logo.</summary>
    public async Task<(Look? Look, string? Fault)> MakeAsync(string workspaceId, Design design, CancellationToken cancellationToken)
    {
        if (design.LogoUrl is not { } url)
        {
            return (new(design), null);
        }

        var (logo, fault) = await source.FindAsync(workspaceId, url, cancellationToken);
        return logo is null
            ? (null, fault)
            : (new(design) { LogoHash = StoredLogo.HashOf(logo), ReadLogo = _ => Task.FromResult<QrLogo?>(logo) }, null);
    }
}
