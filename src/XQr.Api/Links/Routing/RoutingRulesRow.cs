using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Links.Routing;

/// <summary>
/// Reads and writes rules in the rows of links and short codes: RoutingRules0, RoutingRules1, …, or no property without rules.
/// </summary>
internal static class RoutingRulesRow
{
    private const string Name = "RoutingRules";

    /// <summary>Writes rules to a row and returns it.</summary>
    public static TableEntity With(this TableEntity row, RoutingRules rules)
    {
        row.SetBytes(Name, rules.ToJson());
        return row;
    }

    /// <summary>Reads the rules of a row.</summary>
    public static RoutingRules GetRoutingRules(this TableEntity row) => RoutingRules.FromJson(row.GetBytes(Name));
}
