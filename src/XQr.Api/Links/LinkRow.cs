using Azure.Data.Tables;
using XQr.Api.Links.Routing;
using XQr.Api.Storage;

namespace XQr.Api.Links;

/// <summary>Converts links to rows and back.</summary>
internal static class LinkRow
{
    private const string Changes = "Changes";

    /// <summary>Returns the row of a link.</summary>
    public static TableEntity From(Link link)
    {
        var row = new TableEntity(link.WorkspaceId, LinkKeys.Link(link.Id))
        {
            ["Id"] = link.Id,
            ["ShortCode"] = link.ShortCode,
            ["Destination"] = link.Destination,
            ["Enabled"] = link.Enabled,
            ["Labels"] = string.Join('\n', link.Labels),
            ["ExpiresAt"] = link.ExpiresAt,
            ["CreatedAt"] = link.CreatedAt,
            ["UpdatedAt"] = link.UpdatedAt,
            ["QrRendered"] = link.QrRendered,
            ["Version"] = link.Version,
        };
        row.SetBytes(Changes, link.History.ToJson());
        return row.With(link.RoutingRules);
    }

    /// <summary>Returns a fence: a row that prevents the creation of a link with its key.</summary>
    public static TableEntity Fence(string workspaceId, string rowKey) => new(workspaceId, rowKey) { ["Fence"] = true };

    /// <summary>Returns the link, or null for a fence.</summary>
    public static Link? ToLink(TableEntity row) => row.GetGuid("Id") is not { } id
        ? null
        : new(
            id,
            row.PartitionKey,
            row.GetString("ShortCode"),
            row.GetString("Destination"),
            row.GetBoolean("Enabled")!.Value,
            row.GetString("Labels").Split('\n', StringSplitOptions.RemoveEmptyEntries),
            row.GetDateTimeOffset("ExpiresAt"),
            row.GetDateTimeOffset("CreatedAt")!.Value,
            row.GetDateTimeOffset("UpdatedAt")!.Value)
        {
            QrRendered = row.GetBoolean("QrRendered") ?? false,
            Version = row.GetString("Version"),
            RoutingRules = row.GetRoutingRules(),
            History = new(row.GetBytes(Changes)),
        };
}
