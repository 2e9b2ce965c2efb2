using Azure;
using Azure.Data.Tables;

namespace XQr.Api.Links;

/// <summary>
/// The index rows of links, by which lists find those with a label and those that are switched off. They change in the same
/// transaction as the link.
/// </summary>
internal static class LinkIndexRows
{
    /// <summary>What makes the index of <paramref name="before"/> that of <paramref name="after"/>; null stands for no link.</summary>
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
