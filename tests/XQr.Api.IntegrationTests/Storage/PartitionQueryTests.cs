using Azure.Data.Tables;
using XQr.Testing;

namespace XQr.Api.IntegrationTests.Storage;

/// <summary>The local storage finds the same entities, whether or not a filter names a partition to read.</summary>
public sealed class PartitionQueryTests(ServiceFixture service)
{
    private static readonly string[] Partitions = ["a", "b", "it's", "a' or PartitionKey eq 'b", "01", "1"];

    [Fact]
    public async Task Filters_FindTheEntitiesThatTheyDescribe()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var table = new TableClient(service.ConnectionString, $"queries{Guid.NewGuid():N}");
        await table.CreateAsync(cancellation);
        foreach (var partition in Partitions)
        {
            await table.SubmitTransactionAsync(
                from row in (string[])["1", "2", "3"]
                select new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, row)),
                cancellation);
        }

        foreach (var partition in Partitions)
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
            await AssertFoundAsync(filter, [(partition, "1"), (partition, "2"), (partition, "3")]);
            await AssertFoundAsync($"{filter} and RowKey ge '2'", [(partition, "2"), (partition, "3")]);
            await AssertFoundAsync($"{filter} and (RowKey eq '1' or RowKey eq '3')", [(partition, "1"), (partition, "3")]);
        }

        await AssertFoundAsync("PartitionKey eq 'a' and RowKey eq '1' or PartitionKey eq 'b' and RowKey eq '3'", [("a", "1"), ("b", "3")]);
        await AssertFoundAsync("(PartitionKey eq 'a' or PartitionKey eq 'b') and RowKey eq '2'", [("a", "2"), ("b", "2")]);
        await AssertFoundAsync("PartitionKey eq 'a' and not (RowKey eq '2')", [("a", "1"), ("a", "3")]);
        await AssertFoundAsync("PartitionKey gt 'a' and PartitionKey lt 'c' and RowKey le '1' and PartitionKey eq 'b'", [("b", "1")]);
        await AssertFoundAsync("PartitionKey eq 'nobody'", []);

        async Task AssertFoundAsync(string filter, (string Partition, string Row)[] expected)
        {
            // Pages of two entities, so that the storage continues its queries.
            var found = await table.QueryAsync<TableEntity>(filter, maxPerPage: 2, cancellationToken: cancellation).ToListAsync(cancellation);
            Assert.Equal(expected, found.Select(entity => (entity.PartitionKey, entity.RowKey)));
        }
    }
}
