using XQr.Api.Tenancy;

namespace XQr.Api.Qr.Templates;

/// <summary>The number of templates of a workspace, which changes in the same transaction as the templates.</summary>
internal sealed record TemplateUsage(int Templates)
{
    /// <summary>Returns the count with one more template, or null if the limit is reached.</summary>
    public TemplateUsage? Add(int? limit) => Templates >= limit ? null : new(Templates + 1);

    public TemplateUsage Remove() => new(Templates - 1);
}

/// <summary>Adds templates to the usage of a workspace.</summary>
internal sealed class TemplateUsageSource(TemplateStore store) : IUsageSource
{
    public async Task<Usage> FindAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(TotalQrTemplates: (await store.FindUsageAsync(workspaceId, cancellationToken)).Templates);
}
