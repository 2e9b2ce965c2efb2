using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace XQr.Api.Storage;

internal static class StorageServices
{
    /// <summary>Adds the clients of the tables. Registered <see cref="HttpPipelinePolicy"/> services see every call.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section)
            .Validate(options => options.IsConfigured, $"Set {StorageOptions.Section}:ConnectionString or {StorageOptions.Section}:AccountName.");
        services.AddSingleton(provider => CreateService(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value,
            provider.GetServices<HttpPipelinePolicy>()));
        services.AddSingleton<Tables>();
        return services;
    }

    private static TableServiceClient CreateService(StorageOptions options, IEnumerable<HttpPipelinePolicy> policies)
    {
        var clientOptions = new TableClientOptions();

        // Three tries of a second: a call that storage doesn't answer has failed well before the 5 seconds that a caller is promised.
        clientOptions.Retry.MaxRetries = 2;
        clientOptions.Retry.Delay = TimeSpan.FromMilliseconds(50);
        clientOptions.Retry.MaxDelay = TimeSpan.FromMilliseconds(400);
        clientOptions.Retry.NetworkTimeout = TimeSpan.FromSeconds(1);
        foreach (var policy in policies)
        {
            clientOptions.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        }

        return options.ConnectionString is { Length: > 0 } connectionString
            ? new TableServiceClient(connectionString, clientOptions)
            : CreateWithIdentity(options.AccountName!, clientOptions);
    }

    // Apart, so that a start with a connection string doesn't load the identity libraries.
    private static TableServiceClient CreateWithIdentity(string accountName, TableClientOptions clientOptions) => new(
        new Uri($"https://{accountName}.table.core.windows.net"),
        new DefaultAzureCredential(new DefaultAzureCredentialOptions { ExcludeInteractiveBrowserCredential = true }),
        clientOptions);
}
