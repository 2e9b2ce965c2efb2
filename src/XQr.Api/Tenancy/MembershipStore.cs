using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Tenancy;

/// <summary>
/// Where members are found across workspaces, since a token names a person and no workspace. Table <c>Members</c>:
/// <list type="table">
/// <item><term>partition <c>s{hash}</c></term><description>hash of issuer and subject: those who have signed in</description></item>
/// <item><term>partition <c>e{hash}</c></term><description>hash of the e-mail address: all members</description></item>
/// <item><term>row</term><description><c>{workspace id}:{member id}</c></description></item>
/// </list>
/// A row here is written before the member and removed after it, and means nothing by itself: what it leads to must be a member who
/// has that identity or address. So one that a dying process leaves behind leads nowhere.
/// </summary>
internal sealed class MembershipStore(Tables tables, MemberStore members)
{
    private const char Separator = ':';

    /// <summary>Who has signed in by this identity: one transaction, and one a workspace; where one workspace is asked for, only its.</summary>
    public async Task<IReadOnlyList<Member>> FindAsync(Identity identity, string? workspaceId, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(PartitionOf(identity), workspaceId, cancellationToken)).Where(member => member.Identity == identity)];

    /// <summary>Who has an address: one transaction, and one a workspace; where one workspace is asked for, only its.</summary>
    public async Task<IReadOnlyList<Member>> FindAsync(string email, string? workspaceId, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(PartitionOf(email), workspaceId, cancellationToken)).Where(member => EmailAddress.Normal(member.Email) == EmailAddress.Normal(email))];

    public Task AddAsync(Member member, Identity identity, CancellationToken cancellationToken) => AddAsync(PartitionOf(identity), member, cancellationToken);

    public Task AddAsync(Member member, CancellationToken cancellationToken) => AddAsync(PartitionOf(member.Email), member, cancellationToken);

    /// <summary>Removes what leads to a member.</summary>
    public async Task RemoveAsync(Member member, CancellationToken cancellationToken)
    {
        await tables.Members.DeleteEntityAsync(PartitionOf(member.Email), RowKeyOf(member), cancellationToken: cancellationToken);
        if (member.Identity is { } identity)
        {
            await tables.Members.DeleteEntityAsync(PartitionOf(identity), RowKeyOf(member), cancellationToken: cancellationToken);
        }
    }

    private Task<Response> AddAsync(string partition, Member member, CancellationToken cancellationToken) =>
        tables.Members.UpsertEntityAsync(new TableEntity(partition, RowKeyOf(member)), TableUpdateMode.Replace, cancellationToken);

    private async Task<IReadOnlyList<Member>> ReadAsync(string partition, string? workspaceId, CancellationToken cancellationToken)
    {
        var found = new List<Task<Member?>>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        await foreach (var row in tables.Members.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken))
        {
            var parts = row.RowKey.Split(Separator);
            if (workspaceId is null || parts[0] == workspaceId)
            {
                found.Add(members.FindAsync(parts[0], parts[1], cancellationToken));
            }
        }

        return [.. (await Task.WhenAll(found)).OfType<Member>()];
    }

    private static string RowKeyOf(Member member) => $"{member.WorkspaceId}{Separator}{member.Id}";

    /// <summary>An issuer is a URL, which has no line break.</summary>
    private static string PartitionOf(Identity identity) => $"s{Hash($"{identity.Issuer}\n{identity.Subject}")}";

    private static string PartitionOf(string email) => $"e{Hash(EmailAddress.Normal(email))}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
