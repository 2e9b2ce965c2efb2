using Azure;
using Azure.Data.Tables;
using XQr.Api.Pipeline;
using XQr.Api.Storage;

namespace XQr.Api.Qr.Templates;

/// <summary>
/// Templates. Table <c>Workspaces</c>, partition = workspace id:
/// <list type="table">
/// <item><term><c>q{inverted id}</c></term><description>the template: Id, Name, Description, Design (JSON), LogoBlob, LogoKind and LogoHash
/// where it has a logo, CreatedAt, UpdatedAt, Version</description></item>
/// <item><term><c>qn</c></term><description>the counts, <see cref="TemplateUsage"/></description></item>
/// </list>
/// A template and the counts change in one transaction. Its logo is a blob, see <see cref="Logos.LogoBlobs"/>.
/// </summary>
internal sealed class TemplateStore(Tables tables, CountedCommits<TemplateUsage> commits)
{
    /// <summary>One transaction.</summary>
    public async Task<Template?> FindAsync(string workspaceId, Guid id, CancellationToken cancellationToken) =>
        await tables.Workspaces.FindAsync(workspaceId, TemplateRow.KeyOf(id), cancellationToken) is { } row ? TemplateRow.ToTemplate(row) : null;

    /// <summary>How many there are. One transaction.</summary>
    public Task<TemplateUsage> FindUsageAsync(string workspaceId, CancellationToken cancellationToken) => commits.FindAsync(workspaceId, cancellationToken);

    /// <summary>A part of a workspace's templates, newest first, and how many there are. Two transactions; one more for each thousand that are left out.</summary>
    public async Task<(IReadOnlyList<Template> Templates, int Total)> ListAsync(string workspaceId, Page page, CancellationToken cancellationToken)
    {
        var counting = FindUsageAsync(workspaceId, cancellationToken);
        var rows = await tables.Workspaces.FindPageAsync(workspaceId, TemplateRow.Prefix, TemplateRow.End, page, cancellationToken);
        return ([.. rows.Select(TemplateRow.ToTemplate)], (await counting).Templates);
    }

    /// <summary>Adds a template; one with the same id is the same creation, run again. False where the plan allows no more. One transaction.</summary>
    /// <param name="template">The template.</param>
    /// <param name="limit">How many the workspace may have; null for any number.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<bool> TryAddAsync(Template template, int? limit, CancellationToken cancellationToken)
    {
        var row = TemplateRow.From(template);
        var outcome = await commits.CommitAsync(
            template.WorkspaceId, usage => usage.Add(limit), [new(TableTransactionActionType.Add, row)], cancellationToken);

        // An earlier run, or an attempt whose answer was lost, stands in the way of this one or fills the limit.
        return outcome == CommitOutcome.Done || await tables.Workspaces.FindAsync(row.PartitionKey, row.RowKey, cancellationToken) is not null;
    }

    /// <summary>Puts a template in the place of what it was made from; false where that was changed since, or is gone. One transaction.</summary>
    public async Task<bool> TryReplaceAsync(Template template, CancellationToken cancellationToken) =>
        await tables.Workspaces.TryUpdateAsync(
            TemplateRow.From(template), new ETag(template.RowVersion!), TableUpdateMode.Replace, cancellationToken) is not null

        // An attempt may have gone through although its answer was lost.
        || (await FindAsync(template.WorkspaceId, template.Id, cancellationToken))?.Version == template.Version;

    /// <summary>Removes a template as it was read; false where it was changed since. One transaction.</summary>
    public async Task<bool> TryRemoveAsync(Template template, CancellationToken cancellationToken)
    {
        var row = new TableEntity(template.WorkspaceId, TemplateRow.KeyOf(template.Id)) { ETag = new(template.RowVersion!) };
        return await commits.CommitAsync(
            template.WorkspaceId, usage => usage.Remove(), [new(TableTransactionActionType.Delete, row, row.ETag)], cancellationToken) == CommitOutcome.Done

            // An attempt may have gone through although its answer was lost.
            || await FindAsync(template.WorkspaceId, template.Id, cancellationToken) is null;
    }

    /// <summary>The blobs that templates of a workspace name. One transaction a thousand templates.</summary>
    public async Task<HashSet<string>> FindLogosAsync(string workspaceId, CancellationToken cancellationToken) =>
        await tables.Workspaces.QueryAsync<TableEntity>(
            TableEntities.Between(workspaceId, TemplateRow.Prefix, TemplateRow.End), select: ["LogoBlob"], cancellationToken: cancellationToken)
            .Select(row => row.GetString("LogoBlob")).OfType<string>().ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
}
