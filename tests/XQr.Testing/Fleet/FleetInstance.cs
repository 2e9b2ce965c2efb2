using Azure.Core.Pipeline;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api;
using XQr.Testing.Storage;

namespace XQr.Testing.Fleet;

/// <summary>
/// Represents an instance of the application without a server. It has its own state and clients, so that many instances in one process meet
/// only in storage. Calls to storage have a minute, because the emulator has to serve all instances.
/// </summary>
public sealed class FleetInstance : IAsyncDisposable
{
    private readonly ServiceProvider services;

    /// <summary>Creates an instance.</summary>
    /// <param name="connectionString">The connection string of storage.</param>
    /// <param name="traffic">The counter of calls to storage. Several instances may share it.</param>
    /// <param name="settings">Additional settings.</param>
    /// <param name="configure">Replaces services of the application.</param>
    public FleetInstance(
        string connectionString,
        StorageTraffic traffic,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? configure = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Xqr:Storage:ConnectionString"] = connectionString,
                ["Xqr:PublicBaseUrl"] = XQrApplication.PublicBaseUrl,
            })
            .AddInMemoryCollection(settings)
            .Build();
        var collection = new ServiceCollection().AddLogging().AddXQr(configuration)
            .AddSingleton<HttpPipelinePolicy>(new StorageTimeout()).AddSingleton<HttpPipelinePolicy>(traffic);
        configure?.Invoke(collection);
        services = collection.BuildServiceProvider();
    }

    /// <summary>Returns a service of the instance.</summary>
    public T Service<T>()
        where T : notnull => services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
