using System.Text.Json;
using Azure.Data.Tables;
using XQr.Api.Primitives;

namespace XQr.Api.Tenancy;

/// <summary>Maps entries of the audit log to rows of the table <c>Workspaces</c>: <c>h{inverted id}</c>.</summary>
internal static class AuditRow
{
    public const string Prefix = "h";

    /// <summary>A key after those of all entries.</summary>
    public const string End = "i";

    public static string KeyOf(Guid id) => $"{Prefix}{Ids.Descending(id)}";

    /// <summary>Returns the keys between which the entries of a period are, older than another entry.</summary>
    public static (string After, string End) Between(AuditFilter filter)
    {
        string[] newest = [Prefix, filter.To is { } to ? KeyOf(Ids.First(StartOf(to.AddDays(1)))) : "", filter.Before is { } id ? KeyOf(id) : ""];

        // The end is a key right after that of the first id of the day.
        return (newest.Max(StringComparer.Ordinal)!, filter.From is { } from ? $"{KeyOf(Ids.First(StartOf(from)))}0" : End);
    }

    public static TableEntity From(string workspaceId, AuditEntry entry) => new(workspaceId, KeyOf(entry.Id))
    {
        ["Id"] = entry.Id,
        ["At"] = entry.At,
        ["ActorId"] = entry.Actor.Id,
        ["ActorEmail"] = entry.Actor.Email,
        ["ActorName"] = entry.Actor.Name,
        ["Action"] = entry.Action,
        ["TargetId"] = entry.Target.Id,
        ["TargetName"] = entry.Target.Name,
        ["Details"] = JsonSerializer.Serialize(entry.Details, TenancyJson.Api.IReadOnlyDictionaryStringString),
    };

    public static AuditEntry ToEntry(TableEntity row) => new(
        row.GetString("ActorId") is { } actor
            ? new(ActorType.Member, actor, row.GetString("ActorEmail"), row.GetString("ActorName"))
            : Actor.Operator,
        row.GetString("Action"),
        new(row.GetString("TargetId"), row.GetString("TargetName")),
        JsonSerializer.Deserialize(row.GetString("Details"), TenancyJson.Api.IReadOnlyDictionaryStringString)!)
    {
        Id = row.GetGuid("Id")!.Value,
        At = row.GetDateTimeOffset("At")!.Value,
    };

    private static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
