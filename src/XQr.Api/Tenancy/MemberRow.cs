using Azure.Data.Tables;
using XQr.Api.Primitives;

namespace XQr.Api.Tenancy;

/// <summary>Maps members to rows of the table <c>Workspaces</c>: <c>u{inverted id}</c>.</summary>
internal static class MemberRow
{
    public const string Prefix = "u";

    private const string IdPrefix = "usr_";

    /// <summary>Returns the row key of a member's id; null if the id is malformed.</summary>
    public static string? KeyOf(string memberId) =>
        memberId.StartsWith(IdPrefix, StringComparison.Ordinal) && Ids.TryParse(memberId[IdPrefix.Length..], out var id)
            ? $"{Prefix}{Ids.Descending(id)}"
            : null;

    public static TableEntity From(Member member) => new(member.WorkspaceId, KeyOf(member.Id))
    {
        ["Id"] = member.Id,
        ["Email"] = member.Email,
        ["Name"] = member.Name,
        ["Role"] = member.Role.ToString(),
        ["CreatedAt"] = member.CreatedAt,
        ["Issuer"] = member.Identity?.Issuer,
        ["Subject"] = member.Identity?.Subject,
        ["JoinedAt"] = member.JoinedAt,
    };

    public static Member ToMember(TableEntity row) => new(
        row.GetString("Id"),
        row.PartitionKey,
        row.GetString("Email"),
        row.GetString("Name"),
        Enum.Parse<Role>(row.GetString("Role")),
        row.GetDateTimeOffset("CreatedAt")!.Value)
    {
        Identity = row.GetString("Subject") is { } subject ? new(row.GetString("Issuer"), subject) : null,
        JoinedAt = row.GetDateTimeOffset("JoinedAt"),
    };
}
