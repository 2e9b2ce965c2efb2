using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace XQr.Testing;

/// <summary>Adds up the measurements of a counter, by the value of its tag. Counters of other applications in the process do not matter.</summary>
public sealed class CounterReader : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, long> totals = new(StringComparer.Ordinal);

    /// <summary>Starts to listen.</summary>
    /// <param name="meters">The factory of the counter's meter.</param>
    /// <param name="name">The name of the counter.</param>
    public CounterReader(IMeterFactory meters, string name)
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == name && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, change, tags, _) =>
            totals.AddOrUpdate(tags.IsEmpty ? "" : $"{tags[0].Value}", change, (_, total) => total + change));
        listener.Start();
    }

    /// <summary>Gets the total of the measurements.</summary>
    public long Total => totals.Values.Sum();

    /// <summary>Gets the total of the measurements with a value of the tag.</summary>
    public long this[string tag] => totals.GetValueOrDefault(tag);

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();
}
