using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XQr.Api.Diagnostics;

namespace XQr.Api.Pipeline;

/// <summary>
/// Keeps query strings out of the logs, whatever level is configured: the query of a render may have the password of a network, and that
/// of a visit what a campaign knows about the visitor. Spans have no query either, see <see cref="TelemetryServices"/>.
/// </summary>
internal static class QueryPrivacy
{
    /// <summary>The category of ASP.NET Core's lines about the start and the end of a request, which have the whole URL.</summary>
    private const string RequestLines = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>Adds filters that win over those of the configuration: a filter for a provider wins over one for all.</summary>
    public static IServiceCollection AddQueryPrivacy(this IServiceCollection services) => services.PostConfigure<LoggerFilterOptions>(options =>
    {
        string?[] providers = [.. options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct()];
        foreach (var provider in providers)
        {
            options.Rules.Add(new(provider, RequestLines, LogLevel.Warning, filter: null));
        }
    });
}
