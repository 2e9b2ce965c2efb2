using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;

namespace XQr.Api.Tenancy;

/// <summary>
/// Finds members across workspaces, because a token names a person and no workspace. Table <c>Members</c>:
/// <list type="table">
/// <item><term>partition <c>s{hash}</c></term><description>hash of issuer and subject: members who have signed in</description></item>
/// <item><term>partition <c>e{hash}</c></term><description>hash of the e-mail address: all members</description></item>
/// <item><term>row</term><description><c>{workspace id}:{member id}</c>: Created, true if the person has created the workspace</description></item>
/// <item><term>row <c>c</c></term><description>in <c>s{hash}</c>: changes with each workspace that the person creates</description></item>
/// </list>
/// A row is written before the member and removed after it, and has no meaning by itself: the member that it names must have that
/// identity or address. So a row that a dying process leaves behind gives no access.
/// </summary>
internal sealed class MembershipStore(Tables tables, MemberStore members, TimeProvider time)
{
    private const char Separator = ':';
    private const string CreationsKey = "c";
    private const int MaxParallelReads = 16;

    /// <summary>Returns the members who have signed in with an identity. Costs one transaction, and one for each membership.</summary>
    /// <param name="identity">The identity.</param>
    /// <param name="workspaceId">The only workspace to search; null for all.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<IReadOnlyList<Member>> FindAsync(Identity identity, string? workspaceId, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(PartitionOf(identity), workspaceId, cancellationToken);
        return [.. found.Where(member => member.Identity == identity)];
    }

    /// <summary>Returns the members with an e-mail address. Costs one transaction, and one for each membership.</summary>
    /// <param name="email">The address.</param>
    /// <param name="workspaceId">The only workspace to search; null for all.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<IReadOnlyList<Member>> FindAsync(string email, string? workspaceId, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(PartitionOf(email), workspaceId, cancellationToken);
        return [.. found.Where(member => EmailAddress.AreSame(member.Email, email))];
    }

    public Task AddAsync(Member member, Identity identity, CancellationToken cancellationToken) =>
        AddAsync(PartitionOf(identity), member, cancellationToken);

    public Task AddAsync(Member member, CancellationToken cancellationToken) => AddAsync(PartitionOf(member.Email), member, cancellationToken);

    /// <summary>
    /// Adds the row of a person who creates a workspace, unless the person has created as many as one may. Costs two transactions.
    /// </summary>
    /// <param name="owner">The person as the owner of the new workspace.</param>
    /// <param name="identity">The identity of the person.</param>
    /// <param name="max">The maximum number of workspaces that a person may have created.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>False if the person has created that many.</returns>
    public Task<bool> TryAddFounderAsync(Member owner, Identity identity, int max, CancellationToken cancellationToken)
    {
        var (partition, key) = (PartitionOf(identity), RowKeyOf(owner));
        return time.RetryAsync<bool>(
            $"the workspaces of {owner.Id}",
            async () =>
            {
                var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
                var rows = await tables.Members.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ToListAsync(cancellationToken);
                if (rows.Any(row => row.RowKey == key))
                {
                    // The transaction of an earlier attempt succeeded, but its answer was lost.
                    return true;
                }

                if (rows.Count(row => row.GetBoolean("Created") == true) >= max)
                {
                    return false;
                }

                // Of two creations at the same time, only one changes the row c, and the other counts again.
                var creations = new TableEntity(partition, CreationsKey);
                var actions = new TableTransactionAction[]
                {
                    new(TableTransactionActionType.Add, new TableEntity(partition, key) { ["Created"] = true }),
                    rows.FirstOrDefault(row => row.RowKey == CreationsKey) is { } current
                        ? new(TableTransactionActionType.UpdateReplace, creations, current.ETag)
                        : new(TableTransactionActionType.Add, creations),
                };
                return await tables.Members.TryTransactAsync(actions, cancellationToken) is null ? null : true;
            },
            cancellationToken);
    }

    /// <summary>Removes the rows of a member.</summary>
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

    private async Task<IEnumerable<Member>> ReadAsync(string partition, string? workspaceId, CancellationToken cancellationToken)
    {
        var found = new List<(string WorkspaceId, string MemberId)>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        await foreach (var row in tables.Members.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken))
        {
            if (row.RowKey.Split(Separator) is [var workspace, var member] && (workspaceId is null || workspaceId == workspace))
            {
                found.Add((workspace, member));
            }
        }

        var read = await found.ReadEachAsync(
            MaxParallelReads, (row, token) => members.FindAsync(row.WorkspaceId, row.MemberId, token), cancellationToken);
        return read.OfType<Member>();
    }

    private static string RowKeyOf(Member member) => $"{member.WorkspaceId}{Separator}{member.Id}";

    /// <summary>Returns the partition of an identity. An issuer is a URL, which has no line break.</summary>
    private static string PartitionOf(Identity identity) => $"s{Hash($"{identity.Issuer}\n{identity.Subject}")}";

    private static string PartitionOf(string email) => $"e{Hash(EmailAddress.Normalize(email))}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
