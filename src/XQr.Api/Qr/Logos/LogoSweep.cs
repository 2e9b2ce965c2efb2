using XQr.Api.Maintenance;
using XQr.Api.Qr.Templates;

namespace XQr.Api.Qr.Logos;

/// <summary>Removes logos that no template has: those that were replaced, and those of a process that died before their template was stored.</summary>
internal sealed class LogoSweep(LogoBlobs blobs, TemplateStore templates) : IMaintenanceTask
{
    public string Name => "logos";

    public TimeSpan Every => TimeSpan.FromDays(1);

    /// <summary>What is younger than a day may still get its template: a request with an Idempotency-Key is run again for that long.</summary>
    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (workspaceId, named) = ("", new HashSet<string>());
        await foreach (var logo in blobs.ListAsync(olderThan: now - TimeSpan.FromDays(1), cancellationToken))
        {
            if (logo.WorkspaceId != workspaceId)
            {
                (workspaceId, named) = (logo.WorkspaceId, await templates.FindLogosAsync(logo.WorkspaceId, cancellationToken));
            }

            if (!named.Contains(logo.Name))
            {
                await blobs.RemoveAsync(logo, cancellationToken);
            }
        }
    }
}
