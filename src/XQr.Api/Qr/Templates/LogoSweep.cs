using XQr.Api.Qr.Logos;
using XQr.Api.Work;

namespace XQr.Api.Qr.Templates;

/// <summary>
/// Deletes the logos of a workspace that no template has: replaced logos, and logos of a process that died before it stored the template. It is
/// requested before a logo is stored, replaced or deleted.
/// </summary>
internal sealed class LogoSweep(LogoBlobs blobs, TemplateStore templates, WorkQueue queue, TimeProvider time) : IWorkHandler
{
    /// <summary>The name of the work. Its subject is a workspace.</summary>
    public const string Name = "logos";

    /// <summary>
    /// The minimum age of a logo that is deleted. Until then, a repeated request with an Idempotency-Key can still store the template.
    /// </summary>
    public static readonly TimeSpan MinAge = TimeSpan.FromDays(1);

    public string Work => Name;

    public async Task<string?> RunAsync(string subject, WorkBudget budget, CancellationToken cancellationToken)
    {
        var named = await templates.FindLogosAsync(subject, cancellationToken);
        var now = time.GetUtcNow();
        var unused = await blobs.ListAsync(subject, cancellationToken).Where(logo => !named.Contains(logo.Name))
            .ToLookupAsync(logo => now - logo.WrittenAt > MinAge, cancellationToken: cancellationToken);
        await budget.RunEachAsync(unused[true].ToAsyncEnumerable(), blobs.RemoveAsync, cancellationToken);
        if (budget.IsUsedUp)
        {
            return subject;
        }

        if (unused[false].Any())
        {
            await queue.RequestAsync(Name, subject, MinAge - (now - unused[false].Max(logo => logo.WrittenAt)), cancellationToken);
        }

        return null;
    }
}
