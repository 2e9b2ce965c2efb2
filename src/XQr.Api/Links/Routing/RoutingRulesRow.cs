using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Links.Routing;

/// <summary>Rules in the row of a link and in that of its short code: RoutingRules0, RoutingRules1, …, none where there are no rules.</summary>
internal static class RoutingRulesRow
{
    private const string Name = "RoutingRules";

    public static TableEntity With(this TableEntity row, RoutingRules rules)
    {
        row.SetBytes(Name, rules.ToJson());
        return row;
    }

    public static RoutingRules GetRoutingRules(this TableEntity row) => RoutingRules.FromJson(row.GetBytes(Name));
}
