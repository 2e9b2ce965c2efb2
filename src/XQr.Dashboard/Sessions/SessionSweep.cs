using XQr.Api.Maintenance;

namespace XQr.Dashboard.Sessions;

/// <summary>Removes expired sessions.</summary>
internal sealed class SessionSweep(SessionStore store) : IMaintenanceTask
{
    public string Name => "sessions";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken) => store.SweepAsync(now - Session.Lifetime, cancellationToken);
}
