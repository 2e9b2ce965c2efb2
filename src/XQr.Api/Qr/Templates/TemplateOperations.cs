using System.Text.Json;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Qr.Designs;
using XQr.Api.Qr.Images;
using XQr.Api.Qr.Logos;
using XQr.Api.Storage;
using XQr.Api.Tenancy;
using XQr.Api.Work;

namespace XQr.Api.Qr.Templates;

/// <summary>
/// Creates, reads, changes and deletes templates. A new logo is downloaded and stored before its template. <see cref="LogoSweep"/> deletes
/// replaced logos later, because requests may still read them, and logos whose template was not stored.
/// </summary>
internal sealed class TemplateOperations(
    TemplateStore store, LogoBlobs blobs, LogoSource source, WorkQueue queue, ApiJson json, TimeProvider time)
{
    private readonly KeyedLock<Guid> changes = new(time);

    /// <summary>Creates a template, unless the plan allows no more.</summary>
    public async Task<OperationResult<Template>> CreateAsync(Caller caller, JsonElement body, CreationSeed seed, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = CreateTemplateRequest.Read(body, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var (id, version) = (Ids.New(seed), ResourceVersion.New(seed));
        var template = new Template(id, caller.WorkspaceId, request.Name, request.Description, Design.Default, null, seed.At, seed.At)
        {
            Version = version,
        };
        var designed = await ApplyDesignAsync(template, request.Design!, cancellationToken);
        if (!designed.Succeeded || await store.TryAddAsync(designed.Value, caller.Plan.QrTemplates, cancellationToken))
        {
            return designed;
        }

        return ApiErrors.PlanLimitExceeded($"{caller.Plan.QrTemplates} QR templates");
    }

    /// <summary>Returns a page of templates, newest first, and the number of all.</summary>
    public Task<(IReadOnlyList<Template> Templates, int Total)> ListAsync(Caller caller, Page page, CancellationToken cancellationToken) =>
        store.ListAsync(caller.WorkspaceId, page, cancellationToken);

    /// <summary>Returns a template.</summary>
    public async Task<OperationResult<Template>> GetAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        Ids.TryParse(id, out var templateId) && await store.FindAsync(caller.WorkspaceId, templateId, cancellationToken) is { } template
            ? template
            : QrErrors.TemplateNotFound();

    /// <summary>Changes a template. Returns the template after the change.</summary>
    public async Task<OperationResult<Template>> UpdateAsync(
        Caller caller, string id, JsonElement body, IfMatch ifMatch, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = UpdateTemplateRequest.Read(body, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        return await ChangeAsync(
            caller,
            id,
            template => request.ReadOnly.Validate(TemplateResponse.From(template), json.TypeInfo<TemplateResponse>()) ?? Validate(ifMatch, template),
            template => TryUpdateAsync(template, request, cancellationToken),
            cancellationToken);
    }

    /// <summary>Deletes a template with its logo. Returns the deleted template.</summary>
    public async Task<OperationResult<Template>> DeleteAsync(Caller caller, string id, IfMatch ifMatch, CancellationToken cancellationToken)
    {
        var deleted = await ChangeAsync(
            caller, id, template => Validate(ifMatch, template), template => TryDeleteAsync(template, cancellationToken), cancellationToken);
        if (deleted.Value?.Logo is { } logo)
        {
            await blobs.RemoveAsync(logo.BlobName, cancellationToken);
        }

        return deleted;
    }

    private static ApiError? Validate(IfMatch ifMatch, Template template) =>
        ifMatch.Allows(template.Is) ? null : ApiErrors.PreconditionFailed("template");

    /// <summary>Changes the current version of a template, with retries on conflicts.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="id">The id of the template.</param>
    /// <param name="validate">Returns the error of a version that must not be changed, or null.</param>
    /// <param name="tryChange">Changes a version. Returns null if another writer has changed the template.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    private async Task<OperationResult<Template>> ChangeAsync(
        Caller caller,
        string id,
        Func<Template, ApiError?> validate,
        Func<Template, Task<OperationResult<Template>?>> tryChange,
        CancellationToken cancellationToken)
    {
        if (!Ids.TryParse(id, out var templateId))
        {
            return QrErrors.TemplateNotFound();
        }

        return await changes.RunAsync(
            templateId, () => time.RetryAsync($"template {templateId}", TryChangeCurrentAsync, cancellationToken), cancellationToken);

        async Task<OperationResult<Template>?> TryChangeCurrentAsync()
        {
            if (await store.FindAsync(caller.WorkspaceId, templateId, cancellationToken) is not { } template)
            {
                return QrErrors.TemplateNotFound();
            }

            return validate(template) is { } error ? error : await tryChange(template);
        }
    }

    private async Task<OperationResult<Template>?> TryUpdateAsync(Template before, UpdateTemplateRequest request, CancellationToken cancellationToken)
    {
        var changed = before with
        {
            Name = request.Name ?? before.Name,
            Description = request.ClearsDescription ? null : request.Description ?? before.Description,
            UpdatedAt = time.GetUtcNow(),
            Version = ResourceVersion.New(),
        };
        var after = request.Design is { } change ? await ApplyDesignAsync(changed, change.Apply(before.Design), cancellationToken) : changed;
        if (after.Succeeded && !await store.TryReplaceAsync(after.Value, cancellationToken))
        {
            return null;
        }

        return after;
    }

    private async Task<OperationResult<Template>?> TryDeleteAsync(Template template, CancellationToken cancellationToken)
    {
        if (template.Logo is not null)
        {
            await RequestSweepAsync(template, cancellationToken);
        }

        if (!await store.TryRemoveAsync(template, cancellationToken))
        {
            return null;
        }

        return template;
    }

    /// <summary>Applies a design to a template, with its existing logo or a downloaded and stored new one.</summary>
    private async Task<OperationResult<Template>> ApplyDesignAsync(Template template, Design design, CancellationToken cancellationToken)
    {
        // Each colour can be valid alone although the merged design lacks contrast.
        if (design.ContrastError is { } contrast)
        {
            return ApiErrors.InvalidField("design.foreground_color", contrast);
        }

        if (design.LogoUrl is not { } url)
        {
            if (template.Logo is not null)
            {
                await RequestSweepAsync(template, cancellationToken);
            }

            return template with { Design = design, Logo = null };
        }

        if (url == template.Design.LogoUrl)
        {
            return template with { Design = design };
        }

        var (logo, error) = await source.FetchAsync(template.WorkspaceId, url, cancellationToken);
        if (logo is null)
        {
            return ApiErrors.InvalidField("design.logo_url", error!);
        }

        await RequestSweepAsync(template, cancellationToken);
        var stored = await blobs.AddAsync(template.WorkspaceId, template.Id, template.Version, logo, cancellationToken);
        return template with { Design = design, Logo = stored };
    }

    /// <summary>Requests the sweep of logos, before one is stored, replaced or deleted.</summary>
    private Task RequestSweepAsync(Template template, CancellationToken cancellationToken) =>
        queue.RequestAsync(LogoSweep.Name, template.WorkspaceId, LogoSweep.MinAge, cancellationToken);
}
