using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace XQr.Api.Storage;

/// <summary>Registers the services of storage.</summary>
internal static class StorageServices
{
    /// <summary>Adds the clients of tables, blobs and queues. Every call passes the registered <see cref="HttpPipelinePolicy"/> services.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section)
            .Validate(options => options.IsConfigured, $"Set {StorageOptions.Section}:ConnectionString or {StorageOptions.Section}:AccountName.");
        services.AddSingleton<TokenCredential>(_ => CreateCredential());
        services.AddSingleton<StorageRetry>();
        services.AddSingleton(CreateTables);
        services.AddSingleton(CreateBlobs);
        services.AddSingleton(CreateQueues);
        services.AddSingleton<Tables>();
        services.AddSingleton<Containers>();
        services.AddSingleton(provider => new Queues(provider.GetRequiredService<QueueServiceClient>()));
        services.AddSingleton<StorageSetup>();
        services.AddSingleton<UploadUrls>();
        return services;
    }

    private static TableServiceClient CreateTables(IServiceProvider provider)
    {
        var (options, client) = (Options(provider), new TableClientOptions());
        Configure(client, provider);
        return options.ConnectionString is { Length: > 0 } connectionString
            ? new(connectionString, client)
            : new(new Uri($"https://{options.AccountName}.table.core.windows.net"), provider.GetRequiredService<TokenCredential>(), client);
    }

    private static BlobServiceClient CreateBlobs(IServiceProvider provider)
    {
        var (options, client) = (Options(provider), new BlobClientOptions());
        Configure(client, provider);
        return options.ConnectionString is { Length: > 0 } connectionString
            ? new(connectionString, client)
            : new(new Uri($"https://{options.AccountName}.blob.core.windows.net"), provider.GetRequiredService<TokenCredential>(), client);
    }

    private static QueueServiceClient CreateQueues(IServiceProvider provider)
    {
        var (options, client) = (Options(provider), new QueueClientOptions());
        Configure(client, provider);
        return options.ConnectionString is { Length: > 0 } connectionString
            ? new(connectionString, client)
            : new(new Uri($"https://{options.AccountName}.queue.core.windows.net"), provider.GetRequiredService<TokenCredential>(), client);
    }

    private static StorageOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<StorageOptions>>().Value;

    private static void Configure(ClientOptions client, IServiceProvider provider)
    {
        // With three attempts, a call that storage does not answer fails well before the 5 seconds in which callers get a response.
        client.Retry.NetworkTimeout = TimeSpan.FromSeconds(1);
        client.RetryPolicy = provider.GetRequiredService<StorageRetry>();
        client.AddPolicy(new CopyTimeout(), HttpPipelinePosition.PerCall);
        foreach (var policy in provider.GetServices<HttpPipelinePolicy>())
        {
            client.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        }
    }

    /// <summary>Creates the credential. A separate method loads its assemblies only if they are used.</summary>
    private static DefaultAzureCredential CreateCredential() =>
        new(new DefaultAzureCredentialOptions { ExcludeInteractiveBrowserCredential = true });
}
