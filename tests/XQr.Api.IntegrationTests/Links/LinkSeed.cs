using Azure.Data.Tables;
using XQr.Api.Links;
using XQr.Api.Pipeline;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Links;

/// <summary>Puts many links into a workspace, by the rows that the service itself writes, but not what redirects read of them.</summary>
internal static class LinkSeed
{
    /// <summary>Links to https://example.com/0, /1 and so on, the last of which is the newest.</summary>
    public static async Task AddAsync(XQrApplication application, string workspaceId, int count, Func<int, string[]>? labels = null)
    {
        var commits = application.Service<CountedCommits<LinkUsage>>();
        var now = DateTimeOffset.UtcNow.AddMilliseconds(-count);
        foreach (var chunk in Enumerable.Range(0, count).Chunk(2_000))
        {
            await Task.WhenAll(chunk.Select(async index =>
            {
                var created = now.AddMilliseconds(index);
                var id = Guid.CreateVersion7(created);
                var link = new Link(
                    id, workspaceId, $"many-{id:N}", $"https://example.com/{index}", true, labels?.Invoke(index) ?? [], null, created, created)
                {
                    Version = ResourceVersion.New(),
                };
                TableTransactionAction[] actions = [new(TableTransactionActionType.Add, LinkRow.From(link)), .. LinkIndexRows.Change(null, link)];
                Assert.Equal(
                    CommitOutcome.Done,
                    await commits.CommitAsync(workspaceId, LinkUsage.Add(created, null), actions, TestContext.Current.CancellationToken));
            }));
        }
    }
}
