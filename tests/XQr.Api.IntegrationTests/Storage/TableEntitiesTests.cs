using Azure;
using Azure.Data.Tables;
using XQr.Api.Storage;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Storage;

/// <summary>Conflicts are answers, not exceptions: the row exists, is gone, or has changed.</summary>
public sealed class TableEntitiesTests(ServiceFixture service)
{
    private readonly string partition = $"ws_{Guid.NewGuid():N}";

    private TableClient Table => service.Application.Service<Tables>().Workspaces;

    [Fact]
    public async Task RowThatExists_IsNotAdded()
    {
        Assert.NotNull(await Table.TryAddAsync(NewRow(), CancellationToken.None));

        Assert.Null(await Table.TryAddAsync(NewRow(), CancellationToken.None));
        Assert.Null(await TransactAsync(TableTransactionActionType.Add));
    }

    [Fact]
    public async Task RowThatIsGone_IsNotUpdated()
    {
        Assert.Null(await Table.TryUpdateAsync(NewRow(), ETag.All, TableUpdateMode.Replace, CancellationToken.None));
        Assert.Null(await TransactAsync(TableTransactionActionType.UpdateReplace));
        Assert.Null(await TransactAsync(TableTransactionActionType.Delete));
    }

    [Fact]
    public async Task RowThatHasChanged_IsNotUpdated()
    {
        var first = (await Table.TryAddAsync(NewRow(), CancellationToken.None))!.Value;
        Assert.NotNull(await Table.TryUpdateAsync(NewRow(), first, TableUpdateMode.Replace, CancellationToken.None));

        Assert.Null(await Table.TryUpdateAsync(NewRow(), first, TableUpdateMode.Replace, CancellationToken.None));
        Assert.Null(await TransactAsync(TableTransactionActionType.UpdateReplace, first));
    }

    [Fact]
    public async Task RowThatStorageRefuses_Throws()
    {
        var row = NewRow();
        row["Text"] = new string('x', 40_000);

        await Assert.ThrowsAsync<RequestFailedException>(() => Table.TryAddAsync(row, CancellationToken.None));
    }

    private TableEntity NewRow() => new(partition, "row");

    private Task<IReadOnlyList<ETag>?> TransactAsync(TableTransactionActionType how, ETag? version = null) =>
        Table.TryTransactAsync([new(how, NewRow(), version ?? ETag.All)], CancellationToken.None);
}
