using Microsoft.Extensions.DependencyInjection;

namespace XQr.Api.Work;

/// <summary>Registers the services of background work.</summary>
internal static class WorkServices
{
    /// <summary>Adds the queue, and what runs its messages: the registered <see cref="IWorkHandler"/> services.</summary>
    public static IServiceCollection AddWork(this IServiceCollection services) => services
        .AddSingleton<PoisonOperations>()
        .AddSingleton<WorkMetrics>()
        .AddSingleton<WorkNoteStore>()
        .AddSingleton<WorkQueue>()
        .AddSingleton<WorkQueueStore>()
        .AddSingleton<WorkScheduleStore>()
        .AddSingleton<WorkRunner>()
        .AddSingleton<WorkSweep>();
}
