using System.Diagnostics.Metrics;

namespace XQr.Testing;

/// <summary>Counts the requests of an application that have started and ended, by the metric <c>http.server.active_requests</c>.</summary>
public sealed class ActiveRequests : IDisposable
{
    private readonly MeterListener listener = new();
    private int started;
    private int ended;

    /// <summary>Starts counting.</summary>
    /// <param name="application">The application.</param>
    public ActiveRequests(XQrApplication application)
    {
        var meters = application.Service<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "http.server.active_requests" && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, change, _, _) => Interlocked.Increment(ref change > 0 ? ref started : ref ended));
        listener.Start();
    }

    /// <summary>Gets a value that indicates whether a request has started.</summary>
    public bool HaveStarted => Volatile.Read(ref started) > 0;

    /// <summary>Gets a value that indicates whether all started requests have ended.</summary>
    public bool HaveEnded => Volatile.Read(ref started) == Volatile.Read(ref ended);

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();
}
