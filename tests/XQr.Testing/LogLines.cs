using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using XQr.Testing.Secrets;

namespace XQr.Testing;

/// <summary>Stores log lines with their scopes for tests, and searches them for secrets.</summary>
/// <param name="watch">The search for secrets; by default that of all tests.</param>
public sealed class LogLines(LogWatch? watch = null) : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> lines = new();
    private readonly LogWatch watch = watch ?? LogWatch.Shared;
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    public IReadOnlyCollection<string> All => lines;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public void Dispose()
    {
    }

    /// <summary>Searches a line and its properties, which exporters receive.</summary>
    private void Watch<TState>(string line, TState state)
    {
        watch.AddLine(line);
        foreach (var (_, value) in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
        {
            watch.AddLine($"{value}");
        }
    }

    private sealed class Logger(LogLines owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => owner.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scope = new List<string>();
            owner.scopes.ForEachScope((item, list) => list.Add($"{item}"), scope);
            var line = $"{logLevel} {category} [{string.Join(' ', scope)}] {formatter(state, exception)} {exception}";
            owner.lines.Enqueue(line);
            owner.Watch(line, state);
        }
    }
}
