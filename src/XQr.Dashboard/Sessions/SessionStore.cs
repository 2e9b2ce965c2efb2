using System.Globalization;
using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;
using XQr.Api.Work;

namespace XQr.Dashboard.Sessions;

/// <summary>
/// Stores sessions. Table <c>Sessions</c>, partition = session id, row <c>s</c>: Issuer, Subject, Email, EmailVerified, Name, ExpiresAt, and
/// IdToken, the provider's token for the sign-out, which is encrypted. An id begins with its time, so the expired sessions are one range.
/// </summary>
internal sealed class SessionStore(Tables tables)
{
    private const string RowKey = "s";

    /// <summary>Adds a session. Costs one transaction.</summary>
    /// <param name="session">The session.</param>
    /// <param name="idToken">The encrypted token of the provider; null for none.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task AddAsync(Session session, byte[]? idToken, CancellationToken cancellationToken)
    {
        var person = session.Person;
        var row = new TableEntity(KeyOf(session.Id), RowKey)
        {
            ["Issuer"] = person.Identity.Issuer,
            ["Subject"] = person.Identity.Subject,
            ["Email"] = person.Email,
            ["EmailVerified"] = person.IsEmailVerified,
            ["Name"] = person.Name,
            ["ExpiresAt"] = session.ExpiresAt,
            ["IdToken"] = idToken,
        };

        // The id is new, so a row that exists is the one of a first attempt whose response was lost.
        return tables.Sessions.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Returns a session; null if it has ended. Costs one transaction.</summary>
    public async Task<Session?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await tables.Sessions.FindAsync(KeyOf(id), RowKey, cancellationToken) is { } row
            ? new(
                id,
                new(
                    new(row.GetString("Issuer"), row.GetString("Subject")),
                    row.GetString("Email"),
                    row.GetBoolean("EmailVerified") is true,
                    row.GetString("Name")),
                row.GetDateTimeOffset("ExpiresAt")!.Value)
            : null;

    /// <summary>Removes a session. Costs two transactions.</summary>
    /// <returns>The encrypted token of the provider; null for none.</returns>
    public async Task<byte[]?> RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        var row = await tables.Sessions.FindAsync(KeyOf(id), RowKey, cancellationToken);
        await tables.Sessions.DeleteEntityAsync(KeyOf(id), RowKey, ETag.All, cancellationToken);
        return row?.GetBinary("IdToken");
    }

    /// <summary>Removes the sessions that began before a time, until the budget is used up. Reads only these.</summary>
    public Task RemoveAsync(DateTimeOffset before, WorkBudget budget, CancellationToken cancellationToken)
    {
        var end = before.ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture);
        return budget.RunEachAsync(
            tables.Sessions.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey lt {$"{end[..8]}-{end[8..]}"}"),
                select: ["PartitionKey", "RowKey"],
                cancellationToken: cancellationToken),
            (row, token) => tables.Sessions.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, token),
            cancellationToken);
    }

    private static string KeyOf(Guid id) => id.ToString("D");
}
