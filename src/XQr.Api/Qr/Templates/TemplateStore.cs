using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Qr.Templates;

/// <summary>
/// Stores templates. Table <c>Workspaces</c>, partition = workspace id:
/// <list type="table">
/// <item><term><c>q{inverted id}</c></term><description>the template: Id, Name, Description, Design (JSON), LogoBlob, LogoKind and LogoHash
/// where it has a logo, CreatedAt, UpdatedAt, Version</description></item>
/// <item><term><c>qn</c></term><description>the counts, <see cref="TemplateUsage"/></description></item>
/// </list>
/// A template and the counts change in one transaction. Its logo is a blob, see <see cref="Logos.LogoBlobs"/>.
/// </summary>
internal sealed class TemplateStore(Tables tables, CountedCommits<TemplateUsage> commits)
{
    /// <summary>Returns a template, or null if it does not exist. Takes one transaction.</summary>
    public async Task<Template?> FindAsync(string workspaceId, Guid id, CancellationToken cancellationToken) =>
        await tables.Workspaces.FindAsync(workspaceId, TemplateRow.KeyOf(id), cancellationToken) is { } row ? TemplateRow.ToTemplate(row) : null;

    /// <summary>Returns the number of templates. Takes one transaction.</summary>
    public Task<TemplateUsage> FindUsageAsync(string workspaceId, CancellationToken cancellationToken) =>
        commits.FindAsync(workspaceId, cancellationToken);

    /// <summary>
    /// Returns a page of templates, newest first, and the number of all. Takes two transactions, and one more for each 1,000 skipped
    /// templates.
    /// </summary>
    public async Task<(IReadOnlyList<Template> Templates, int Total)> ListAsync(string workspaceId, Page page, CancellationToken cancellationToken)
    {
        var counting = FindUsageAsync(workspaceId, cancellationToken);
        var rows = await tables.Workspaces.FindPageAsync(workspaceId, TemplateRow.Prefix, TemplateRow.End, page, cancellationToken);
        return ([.. rows.Select(TemplateRow.ToTemplate)], (await counting).Templates);
    }

    /// <summary>
    /// Adds a template. A template with the same id is a repeated run of the same creation. Returns false if the limit of the plan is
    /// reached. Takes one transaction.
    /// </summary>
    /// <param name="template">The template.</param>
    /// <param name="limit">The maximum number of templates; null if unlimited.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<bool> TryAddAsync(Template template, int? limit, CancellationToken cancellationToken)
    {
        var row = TemplateRow.From(template);
        var outcome = await commits.CommitAsync(
            template.WorkspaceId, TemplateUsage.Add(limit), [new(TableTransactionActionType.Add, row)], cancellationToken);

        // An earlier run or an attempt whose response was lost conflicts with this one or uses up the limit.
        return outcome == CommitOutcome.Done || await tables.Workspaces.FindAsync(row.PartitionKey, row.RowKey, cancellationToken) is not null;
    }

    /// <summary>Replaces a template. Returns false if it was changed or deleted since it was read. Takes one transaction.</summary>
    public async Task<bool> TryReplaceAsync(Template template, CancellationToken cancellationToken) =>
        await tables.Workspaces.TryUpdateAsync(
            TemplateRow.From(template), new ETag(template.RowVersion!), TableUpdateMode.Replace, cancellationToken) is not null

        // An earlier attempt may have succeeded although its response was lost.
        || (await FindAsync(template.WorkspaceId, template.Id, cancellationToken))?.Version == template.Version;

    /// <summary>Deletes a template. Returns false if it was changed since it was read. Takes one transaction.</summary>
    public async Task<bool> TryRemoveAsync(Template template, CancellationToken cancellationToken)
    {
        var row = new TableEntity(template.WorkspaceId, TemplateRow.KeyOf(template.Id)) { ETag = new(template.RowVersion!) };
        var outcome = await commits.CommitAsync(
            template.WorkspaceId, TemplateUsage.Remove(), [new(TableTransactionActionType.Delete, row, row.ETag)], cancellationToken);

        // An earlier attempt may have succeeded although its response was lost.
        return outcome == CommitOutcome.Done || await FindAsync(template.WorkspaceId, template.Id, cancellationToken) is null;
    }

    /// <summary>Returns the logo blobs of a workspace's templates. Takes one transaction for each 1,000 templates.</summary>
    public async Task<HashSet<string>> FindLogosAsync(string workspaceId, CancellationToken cancellationToken) =>
        await tables.Workspaces.QueryAsync<TableEntity>(
            TableEntities.Between(workspaceId, TemplateRow.Prefix, TemplateRow.End), select: ["LogoBlob"], cancellationToken: cancellationToken)
            .Select(row => row.GetString("LogoBlob")).OfType<string>().ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
}
