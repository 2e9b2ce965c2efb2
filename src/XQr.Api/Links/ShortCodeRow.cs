using Azure.Data.Tables;
using XQr.Api.Links.Routing;
using XQr.Api.Primitives;

namespace XQr.Api.Links;

/// <summary>Converts short codes to rows and back.</summary>
internal static class ShortCodeRow
{
    /// <summary>The mark of a code whose link is being created.</summary>
    public const string Creating = "create";

    /// <summary>The mark of a code whose link is being changed or deleted.</summary>
    public const string Changing = "change";

    /// <summary>Returns the row that redirects read.</summary>
    public static TableEntity From(Link link) => new TableEntity(ShortCodes.Bucket(link.ShortCode), ShortCodes.Key(link.ShortCode))
    {
        ["Workspace"] = link.WorkspaceId,
        ["Link"] = link.Id,
        ["Destination"] = link.Destination,
        ["Enabled"] = link.Enabled,
        ["ExpiresAt"] = link.ExpiresAt,
    }.With(link.RoutingRules);

    /// <summary>Returns the row with a mark.</summary>
    public static TableEntity From(Link link, string mark, DateTimeOffset now)
    {
        var row = From(link);
        (row["Doubt"], row["DoubtAt"]) = (mark, now);
        return row;
    }

    /// <summary>Returns the short code in a row.</summary>
    public static ShortCode ToShortCode(TableEntity row) => new(
        row.GetGuid("Link")!.Value,
        row.GetString("Workspace"),
        row.GetString("Destination"),
        row.GetBoolean("Enabled")!.Value,
        row.GetDateTimeOffset("ExpiresAt"),
        row.GetRoutingRules());
}
