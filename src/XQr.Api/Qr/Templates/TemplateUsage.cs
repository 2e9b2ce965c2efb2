using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Api.Qr.Templates;

/// <summary>The number of templates of a workspace, which changes in the same transaction as the templates.</summary>
internal sealed record TemplateUsage(int Templates) : ICounts<TemplateUsage>
{
    public static TemplateUsage None { get; } = new(0);

    public static TemplateUsage operator +(TemplateUsage one, TemplateUsage other) => new(one.Templates + other.Templates);

    public TemplateUsage Divide(Share share) => new(share.Of(Templates));

    /// <summary>Counts a new template, within the limit.</summary>
    public static CountChange<TemplateUsage> Add(int? limit) => new(
        usage => new(usage.Templates + 1), limit is { } max ? (usage, share) => usage.Templates <= share.Of(max) : null);

    /// <summary>Counts one template less.</summary>
    public static CountChange<TemplateUsage> Remove() => new(usage => new(usage.Templates - 1));
}

/// <summary>Adds templates to the usage of a workspace.</summary>
internal sealed class TemplateUsageSource(TemplateStore store) : IUsageSource
{
    public async Task<Usage> FindAsync(string workspaceId, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(TotalQrTemplates: (await store.FindUsageAsync(workspaceId, cancellationToken)).Templates);
}
