using XQr.Api.Maintenance;
using XQr.Api.Qr.Logos;

namespace XQr.Api.Qr.Templates;

/// <summary>Deletes logos without a template: replaced logos, and logos of a process that died before it stored the template.</summary>
internal sealed class LogoSweep(LogoBlobs blobs, TemplateStore templates) : IMaintenanceTask
{
    public string Name => "logos";

    public TimeSpan Every => TimeSpan.FromDays(1);

    /// <summary>
    /// Deletes logos that are at least a day old. Within a day, a repeated request with an Idempotency-Key can still store the template.
    /// </summary>
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
