
using XQr.Api.Tenancy;

namespace XQr.Api.Qr.Templates;

/// <summary>Adds templates to the usage of a workspace.</summary>
internal sealed class TemplateUsageSource(TemplateStore store) : IUsageSource
{
    public async Task<Usage> FindAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(TotalQrTemplates: (await store.FindUsageAsync(workspaceId, cancellationToken)).Templates);
}
