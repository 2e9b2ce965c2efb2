using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Qr.Designs;
using XQr.Api.Qr.Logos;
using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Api.Qr.Templates;

/// <summary>A saved template, or an error.</summary>
internal readonly record struct SavedTemplate(Template? Template, ApiError? Error);

/// <summary>
/// Saves templates with their logos: downloads and stores the logo first, then the template. <see cref="LogoSweep"/> deletes replaced logos
/// later, because requests may still read them, and logos whose template was not stored.
/// </summary>
internal sealed class TemplateSaving(TemplateStore store, LogoBlobs blobs, LogoSource source, TimeProvider time)
{
    private const int Attempts = 15;

    private readonly KeyedLock changes = new(time);

    public async Task<SavedTemplate> CreateAsync(
        Caller caller, CreateTemplateRequest request, CreationSeed seed, CancellationToken cancellationToken)
    {
        var (id, version) = (Ids.New(seed), ResourceVersion.New(seed));
        var template = new Template(id, caller.WorkspaceId, request.Name, request.Description, Design.Default, null, seed.At, seed.At) { Version = version };
        var (designed, fault) = await ApplyDesignAsync(template, request.Design!, cancellationToken);
        if (designed is null)
        {
            return new(null, fault);
        }

        return await store.TryAddAsync(designed, caller.Plan.QrTemplates, cancellationToken)
            ? new(designed, null)
            : new(null, ApiErrors.PlanLimitExceeded($"{caller.Plan.QrTemplates} QR templates"));
    }

    /// <param name="workspaceId">The workspace.</param>
    /// <param name="id">The template.</param>
    /// <param name="request">The changes.</param>
    /// <param name="known">Returns whether the template has the version that the caller knows.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public Task<SavedTemplate> UpdateAsync(
        string workspaceId, Guid id, UpdateTemplateRequest request, Func<Template, bool> known, CancellationToken cancellationToken) => RepeatAsync(
        workspaceId,
        id,
        known,
        async before =>
        {
            var changed = before with
            {
                Name = request.Name ?? before.Name,
                Description = request.ClearsDescription ? null : request.Description ?? before.Description,
                UpdatedAt = time.GetUtcNow(),
                Version = ResourceVersion.New(),
            };
            var (after, fault) = request.Design is { } change ? await ApplyDesignAsync(changed, change.Apply(before.Design), cancellationToken) : new(changed, null);
            return after is null ? new(null, fault)
                : await store.TryReplaceAsync(after, cancellationToken) ? new(after, null)
                : null;
        },
        cancellationToken);

    /// <summary>Deletes a template with its logo. Returns an error, or null on success.</summary>
    public async Task<ApiError?> DeleteAsync(string workspaceId, Guid id, Func<Template, bool> known, CancellationToken cancellationToken)
    {
        var (removed, error) = await RepeatAsync(
            workspaceId,
            id,
            known,
            async template => await store.TryRemoveAsync(template, cancellationToken) ? new(template, null) : null,
            cancellationToken);
        if (removed?.Logo is { } logo)
        {
            await blobs.RemoveAsync(logo.BlobName, cancellationToken);
        }

        return error;
    }

    /// <summary>Tries to change a template, with retries on conflicts.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="id">The template.</param>
    /// <param name="known">Returns whether the template has the version that the caller knows.</param>
    /// <param name="attempt">Changes the current template. Returns null on a conflict.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    private Task<SavedTemplate> RepeatAsync(
        string workspaceId, Guid id, Func<Template, bool> known, Func<Template, Task<SavedTemplate?>> attempt, CancellationToken cancellationToken) =>
        changes.RunAsync(id, () => RepeatAloneAsync(workspaceId, id, known, attempt, cancellationToken), cancellationToken);

    private async Task<SavedTemplate> RepeatAloneAsync(
        string workspaceId, Guid id, Func<Template, bool> known, Func<Template, Task<SavedTemplate?>> attempt, CancellationToken cancellationToken)
    {
        for (var tries = 1; tries <= Attempts; tries++)
        {
            if (await store.FindAsync(workspaceId, id, cancellationToken) is not { } template)
            {
                return new(null, QrErrors.TemplateNotFound());
            }

            if (!known(template))
            {
                return new(null, ApiErrors.PreconditionFailed("template"));
            }

            if (await attempt(template) is { } saved)
            {
                return saved;
            }

            await time.PauseAsync(tries, cancellationToken);
        }

        throw new ContentionException($"Template {id} has too many writers.");
    }

    /// <summary>Applies a design to a template, with its existing logo or a downloaded and stored new one.</summary>
    private async Task<SavedTemplate> ApplyDesignAsync(Template template, Design design, CancellationToken cancellationToken)
    {
        // Each colour can be valid alone although the merged design lacks contrast.
        if (design.ContrastFault is { } contrast)
        {
            return new(null, ApiErrors.InvalidField("design.foreground_color", contrast));
        }

        if (design.LogoUrl is not { } url)
        {
            return new(template with { Design = design, Logo = null }, null);
        }

        if (url == template.Design.LogoUrl)
        {
            return new(template with { Design = design }, null);
        }

        var (logo, fault) = await source.FetchAsync(template.WorkspaceId, url, cancellationToken);
        return logo is null
            ? new(null, QrErrors.BadLogo("design.logo_url", fault!))
            : new(template with { Design = design, Logo = await blobs.AddAsync(template.WorkspaceId, template.Id, template.Version, logo, cancellationToken) }, null);
    }
}
