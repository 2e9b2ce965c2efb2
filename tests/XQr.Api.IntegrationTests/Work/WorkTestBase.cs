namespace XQr.Api.IntegrationTests.Work;

/// <summary>The base of tests of background work: each has a queue of its own and an instance.</summary>
[Collection<WorkOneByOne>]
public abstract class WorkTestBase(WorkStorage storage) : IAsyncLifetime
{
    private protected WorkTest Test { get; private set; } = null!;

    private protected WorkInstance Instance { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Test = await storage.BeginAsync();
        Arrange(Test);
        Instance = Test.NewInstance();
        await BeginAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Instance.DisposeAsync();
    }

    /// <summary>Prepares the test before the instance is created.</summary>
    private protected virtual void Arrange(WorkTest test)
    {
    }

    /// <summary>Prepares the instance.</summary>
    private protected virtual Task BeginAsync() => Task.CompletedTask;
}
