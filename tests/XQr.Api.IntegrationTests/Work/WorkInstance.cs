using System.Diagnostics.Metrics;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XQr.Api.Background;
using XQr.Api.Storage;
using XQr.Api.Work;
using XQr.Testing;
using XQr.Testing.Storage;

namespace XQr.Api.IntegrationTests.Work;

/// <summary>An instance of background work on real storage, without the rest of the application.</summary>
internal sealed class WorkInstance : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly CounterReader poisoned;

    public WorkInstance(string connectionString, string queue, WorkTest test, IEnumerable<HttpPipelinePolicy> policies)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Xqr:Storage:ConnectionString"] = connectionString }).Build();
        var all = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging(logging => logging.AddProvider(Logs))
            .AddMetrics()
            .AddSingleton<TimeProvider>(test.Time)
            .AddSingleton<HttpPipelinePolicy>(new StorageTimeout())
            .AddSingleton<HttpPipelinePolicy>(Faults)
            .AddSingleton<HttpPipelinePolicy>(Calls)
            .AddSingleton<HttpPipelinePolicy>(test.Sent)
            .AddStorage().AddBackground().AddWork()
            .AddSingleton(provider => new Queues(provider.GetRequiredService<QueueServiceClient>(), queue))
            .AddSingleton<IWorkHandler>(test.Handler)
            .AddSingleton<WorkService>();
        foreach (var policy in policies)
        {
            all.AddSingleton(policy);
        }

        foreach (var work in test.Scheduled)
        {
            all.AddSingleton(work);
        }

        services = all.BuildServiceProvider();
        poisoned = new(services.GetRequiredService<IMeterFactory>(), "xqr.work.poisoned");
    }

    public StorageFaults Faults { get; } = new();

    public StorageCalls Calls { get; } = new();

    public LogLines Logs { get; } = new();

    public long Poisoned => poisoned.Total;

    public WorkRunner Runner => services.GetRequiredService<WorkRunner>();

    public WorkService Service => services.GetRequiredService<WorkService>();

    public PoisonOperations Poison => services.GetRequiredService<PoisonOperations>();

    /// <summary>Creates the storage.</summary>
    public Task SetUpAsync() => services.GetRequiredService<StorageSetup>().EnsureCreatedAsync();

    public Task RequestAsync(string subject = "a", TimeSpan delay = default) =>
        services.GetRequiredService<WorkQueue>().RequestAsync(WorkTest.Work, subject, delay, CancellationToken.None);

    public Task SweepAsync() => services.GetRequiredService<WorkSweep>().RunAsync(CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        poisoned.Dispose();
        return services.DisposeAsync();
    }
}
