using Azure;
using Azure.Data.Tables;
using XQr.Api.Primitives;

namespace XQr.Api.Links;

/// <summary>Creates the index rows of links with labels and of disabled links. They change in the same transaction as the link.</summary>
internal static class LinkIndexRows
{
    /// <summary>
    /// Returns the actions that change the index of <paramref name="before"/> to that of <paramref name="after"/>; null means no link.
    /// </summary>
    public static IEnumerable<TableTransactionAction> Change(Link? before, Link? after)
    {
        var (old, now) = (Keys(before), Keys(after));
        var link = (after ?? before)!;
        foreach (var key in old.Except(now))
        {
            yield return new(TableTransactionActionType.Delete, new TableEntity(link.WorkspaceId, key), ETag.All);
        }

        foreach (var key in before?.Enabled == after?.Enabled ? now.Except(old) : now)
        {
            yield return new(TableTransactionActionType.UpsertReplace, new TableEntity(link.WorkspaceId, key) { ["Enabled"] = link.Enabled });
        }
    }

    private static IReadOnlyList<string> Keys(Link? link)
    {
        if (link is null)
        {
            return [];
        }

        var id = Ids.Descending(link.Id);
        var labels = link.Labels.Select(label => LinkKeys.Label(label) + id);
        return [.. link.Enabled ? labels : labels.Append(LinkKeys.Disabled + id)];
    }
}
