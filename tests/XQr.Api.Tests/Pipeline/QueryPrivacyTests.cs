using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XQr.Api.Pipeline;
using XQr.Testing;

namespace XQr.Api.Tests.Pipeline;

public sealed class QueryPrivacyTests
{
    private const string RequestLines = "Microsoft.AspNetCore.Hosting.Diagnostics";

    [Theory]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData($"Logging:LogLevel:{RequestLines}")]
    [InlineData("Logging:XQr.Testing.LogLines:LogLevel:Microsoft")]
    [InlineData($"Logging:XQr.Testing.LogLines:LogLevel:{RequestLines}")]
    public void LinesWithUrls_AreNotWrittenWhateverIsConfigured(string setting)
    {
        using var lines = new LogLines();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [setting] = "Trace" }).Build();
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddConfiguration(configuration.GetSection("Logging")).AddProvider(lines))
            .AddQueryPrivacy()
            .BuildServiceProvider();
        var factory = services.GetRequiredService<ILoggerFactory>();

        Log(RequestLines, LogLevel.Information, "Request starting");
        Log(RequestLines, LogLevel.Error, "An error");
        Log("Microsoft.AspNetCore.Routing", LogLevel.Error, "Another");

        Assert.DoesNotContain(lines.All, line => line.Contains("Request starting", StringComparison.Ordinal));
        Assert.Equal(2, lines.All.Count);

        void Log(string category, LogLevel level, string message) =>
            factory.CreateLogger(category).Log(level, default, message, null, (text, _) => text);
    }
}
