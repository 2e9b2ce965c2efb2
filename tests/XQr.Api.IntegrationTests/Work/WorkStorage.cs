using XQr.Testing;

namespace XQr.Api.IntegrationTests.Work;

/// <summary>A storage for tests of background work, whose sweep must not find the notes of other tests. They run one after another.</summary>
[CollectionDefinition]
public sealed class WorkOneByOne : ICollectionFixture<WorkStorage>;

/// <inheritdoc cref="WorkOneByOne"/>
public sealed class WorkStorage : IAsyncLifetime
{
    private readonly AzuriteFixture azurite = new();

    public ValueTask InitializeAsync() => azurite.InitializeAsync();

    public ValueTask DisposeAsync() => azurite.DisposeAsync();

    /// <summary>Creates the table without rows, and a queue of its own for a test.</summary>
    internal async Task<WorkTest> BeginAsync()
    {
        var test = new WorkTest(azurite.ConnectionString, $"test-{Guid.NewGuid():N}");
        await using var instance = test.NewInstance();
        await instance.SetUpAsync();
        await test.ClearAsync();
        return test;
    }
}
