using XQr.Api.Pipeline;
using XQr.Api.Qr.Designs;
using XQr.Api.Qr.Logos;
using XQr.Api.Storage;

namespace XQr.Api.Qr.Templates;

/// <summary>A template that was saved, or why it wasn't.</summary>
internal readonly record struct SavedTemplate(Template? Template, ApiError? Error);

/// <summary>
/// Saves templates with their logos: the logo is fetched and stored first, then the template. A logo that no template has any more, or
/// never got since the process died in between, stays until <see cref="LogoSweep"/> comes: somebody may just be reading it.
/// </summary>
internal sealed class TemplateSaving(TemplateStore store, LogoBlobs blobs, LogoSource source, TimeProvider time)
{
    private const int Attempts = 15;

    private readonly KeyedLock changes = new(time);

    public async Task<SavedTemplate> CreateAsync(Caller caller, CreateTemplateRequest request, Operation operation, CancellationToken cancellationToken)
    {
        var (id, version) = (Ids.New(operation), ResourceVersion.New(operation));
        var template = new Template(id, caller.WorkspaceId, request.Name, request.Description, Design.Default, null, operation.At, operation.At) { Version = version };
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
    /// <param name="request">What to change.</param>
    /// <param name="known">Whether the template is what the caller knows.</param>
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

    /// <summary>Removes a template with its logo; the error where it doesn't.</summary>
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

    /// <summary>Tries a change of a template that the caller knows, again while others get in its way.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="id">The template.</param>
    /// <param name="known">Whether the template is what the caller knows.</param>
    /// <param name="attempt">Changes the template as it is now; null where somebody else changed it in between.</param>
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

    /// <summary>Gives a template a design, and the logo of it: the one that it has, or one that is fetched and stored now.</summary>
    private async Task<SavedTemplate> ApplyDesignAsync(Template template, Design design, CancellationToken cancellationToken)
    {
        // Colours that go together each by itself may not once they are merged.
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
