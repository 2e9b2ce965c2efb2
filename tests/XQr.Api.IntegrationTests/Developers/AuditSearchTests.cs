using System.Net;
using Azure.Data.Tables;
using XQr.Api.Primitives;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Developers;

/// <summary>Searches a log that is longer than what one request searches.</summary>
public sealed class AuditSearchTests(ServiceFixture service)
{
    private const int SignIn = 2;
    private const int MaxSearched = 5_000;
    private const int TransactionRows = 100;

    private static readonly DateTimeOffset First = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task LongLog_IsSearchedInParts_WithABoundedCost()
    {
        await using var instance = await service.StartAnotherAsync(services: StillTime.AtPresent().Register);
        var owner = await service.NewOwnedWorkspaceAsync();
        await owner.Client.GetAsync(Team.Audit);
        using var client = instance.NewClient(service.Issuer.Token(owner.Email));
        await AddAsync(owner.WorkspaceId, MaxSearched + 200);

        // Eve made the oldest change, and two others are newer.
        var (found, next, cost) = await SearchAsync($"{Team.Audit}?actor=eve&limit=10");
        Assert.Equal(([], MaxSearched / 1_000), (found, cost));
        (found, next, cost) = await SearchAsync(next!);
        Assert.Equal((1, 1), (found.Length, cost));
        Assert.Equal($"{First:yyyy-MM-ddTHH:mm:ss}Z", found[0]);
        Assert.Null(next);

        // A period is found by the keys of its entries.
        (found, next, cost) = await SearchAsync($"{Team.Audit}?from_date=2026-01-01&to_date=2026-01-01&limit=200");
        Assert.Equal((24, 1), (found.Length, cost));
        Assert.Equal((true, true), (found.All(time => time.StartsWith("2026-01-01T", StringComparison.Ordinal)), next is null));

        async Task<(string[] Times, string? Next, int Cost)> SearchAsync(string path)
        {
            var response = (HttpResponseMessage?)null;
            var calls = await instance.Calls.DuringAsync(async () => response = await client.GetAsync(path));
            var times = (await response!.DataAsync(HttpStatusCode.OK)).EnumerateArray().Select(entry => entry.Text("created_at"));
            var link = response!.Headers.TryGetValues("Link", out var values) ? values.Single() : null;
            Assert.True(link is null || link.EndsWith(">; rel=\"next\"", StringComparison.Ordinal), link);
            return ([.. times], link?[1..link.IndexOf('>', StringComparison.Ordinal)], calls.Length - SignIn);
        }
    }

    /// <summary>Adds entries, one an hour, by the rows that the service itself writes.</summary>
    private async Task AddAsync(string workspaceId, int count)
    {
        var table = service.Application.Service<Tables>().Workspaces;
        var rows = Enumerable.Range(0, count).Select(hour => RowOf(workspaceId, First.AddHours(hour), hour == 0 ? "eve" : "ada"));
        await Task.WhenAll(rows.Chunk(TransactionRows).Select(chunk => table.SubmitTransactionAsync(
            chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), TestContext.Current.CancellationToken)));
    }

    private static TableEntity RowOf(string workspaceId, DateTimeOffset at, string actor)
    {
        var by = new Actor(ActorType.Member, $"usr_{actor}", $"{actor}@example.com", null);
        var entry = new AuditEntry(by, AuditActions.KeyRenamed, new("key", "Website"), new Dictionary<string, string>())
        {
            Id = Ids.New(at),
            At = at,
        };
        return AuditRow.From(workspaceId, entry);
    }
}
