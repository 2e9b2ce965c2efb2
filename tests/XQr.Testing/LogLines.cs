using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using XQr.Testing.Secrets;

namespace XQr.Testing;

/// <summary>Keeps log lines, scopes included, for tests to look at; and has secrets looked for in them.</summary>
/// <param name="watch">Who looks for secrets; by default that of the whole suite.</param>
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

    /// <summary>The line, and what exporters would be given beside it.</summary>
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
