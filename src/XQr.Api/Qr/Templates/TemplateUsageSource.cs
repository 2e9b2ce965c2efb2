using XQr.Api.Workspaces;

namespace XQr.Api.Qr.Templates;

/// <summary>Templates, as part of what a workspace uses.</summary>
internal sealed class TemplateUsageSource(TemplateStore store) : IUsageSource
{
    public async Task<Usage> FindAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(TotalQrTemplates: (await store.FindUsageAsync(workspaceId, cancellationToken)).Templates);
}
