using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers;

/// <summary>Keys, for who has signed in. What makes a key is not idempotent: the text of one is kept nowhere, so it can't be told again.</summary>
internal static class KeyEndpoints
{
    private const string Description = "The keys of a workspace, managed by its members. The full key is shown only once.";
    private const string Path = "/api/developer/keys";

    public static void MapKeys(this IEndpointRouteBuilder endpoints)
    {
        var keys = endpoints.MapGroup(Path).WithTag("Keys", Description);
        keys.MapPost("/", CreateAsync).RequireRole(Role.Admin).TakeJson<CreateKeyRequest>()
            .Answers<NewKeyResponse>(StatusCodes.Status201Created, "Created.", "Location").MayFail(DeveloperErrors.TooManyKeys(2));
        keys.MapGet("/", ListAsync).RequireRole(Role.Member).AnswersPage<KeyResponse>();
        keys.MapGet("/{id}", GetAsync).RequireRole(Role.Member)
            .Answers<KeyResponse>().Revalidates().MayFail(DeveloperErrors.KeyNotFound());
        keys.MapPatch("/{id}", UpdateAsync).RequireRole(Role.Admin).TakeJson<UpdateKeyRequest>()
            .AnswersChanged<KeyResponse>().TakesPrecondition("key").MayFail(DeveloperErrors.KeyNotFound());
        keys.MapDelete("/{id}", RevokeAsync).RequireRole(Role.Admin)
            .AnswersNothing().TakesPrecondition("key").MayFail(DeveloperErrors.KeyNotFound());
        keys.MapPost("/{id}/rotate", RotateAsync).RequireRole(Role.Admin).TakeOptionalJson<RotateKeyRequest>()
            .Answers<NewKeyResponse>(StatusCodes.Status201Created, "The new key.", "Location")
            .MayFail(DeveloperErrors.KeyNotFound(), DeveloperErrors.KeyEnded(), DeveloperErrors.TooManyOverlaps(2));
    }

    /// <summary>Create a key</summary>
    /// <remarks>Returns the full key in this response only. A repeated request creates another key.</remarks>
    internal static async Task<IResult> CreateAsync(
        HttpContext context, ApiKeyStore store, PlansOptions plans, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var draft = CreateKeyRequest.Read(context.Api().Body, time.GetUtcNow(), errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var member = context.Member();
        var change = await store.CreateAsync(
            member.WorkspaceId, draft, workspace => plans[workspace.Plan].ApiKeys, Actor.Of(member), cancellationToken);
        return Created(context, change);
    }

    /// <summary>List keys</summary>
    /// <remarks>Newest first, including revoked keys.</remarks>
    internal static async Task<IResult> ListAsync(HttpContext context, ApiKeyStore store, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageQuery.Read(context.Request.Query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var keys = await store.ListAsync(context.Member().WorkspaceId, cancellationToken);
        var shown = await store.CompleteAsync(keys.Skip(page.Offset).Take(page.Limit), cancellationToken);
        return ApiResults.List([.. shown.Select(KeyResponse.From)], page with { Total = keys.Count });
    }

    /// <summary>Get a key</summary>
    internal static async Task<IResult> GetAsync(HttpContext context, string id, ApiKeyStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(context.Member().WorkspaceId, id, cancellationToken) is { } key
            ? ApiResults.Current(context, EntityTags.Of(key), KeyResponse.From(key))
            : DeveloperErrors.KeyNotFound();

    /// <summary>Rename a key</summary>
    /// <remarks>The whole key can be sent back: read-only properties must keep their values.</remarks>
    internal static async Task<IResult> UpdateAsync(HttpContext context, string id, ApiKeyStore store, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = UpdateKeyRequest.Read(context.Api().Body, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var member = context.Member();
        if (request.ReadOnly.Any)
        {
            // Read as a whole: the key's last use, which its row doesn't have, may be among what was sent.
            var current = await store.FindAsync(member.WorkspaceId, id, cancellationToken);
            if (current is null)
            {
                return DeveloperErrors.KeyNotFound();
            }

            if (request.ReadOnly.Validate(KeyResponse.From(current), DeveloperJson.Api.KeyResponse, "last_used_at") is { } refusal)
            {
                return refusal;
            }
        }

        var change = await store.RenameAsync(member.WorkspaceId, id, key => Allows(context, key), request.Name, Actor.Of(member), cancellationToken);
        if (change is not { Outcome: KeyOutcome.Done, Key: { } renamed })
        {
            return DeveloperErrors.Of(change);
        }

        var key = (await store.CompleteAsync([renamed], cancellationToken))[0];
        return ApiResults.Ok(context, EntityTags.Of(key), KeyResponse.From(key));
    }

    /// <summary>Revoke a key</summary>
    /// <remarks>Revokes the key permanently: it is rejected everywhere within 10 seconds. The key stays in the list.</remarks>
    internal static async Task<IResult> RevokeAsync(HttpContext context, string id, ApiKeyStore store, CancellationToken cancellationToken)
    {
        var member = context.Member();
        var change = await store.RevokeAsync(member.WorkspaceId, id, key => Allows(context, key), Actor.Of(member), cancellationToken);
        return change.Outcome == KeyOutcome.Done ? TypedResults.NoContent() : DeveloperErrors.Of(change);
    }

    /// <summary>Replace a key</summary>
    /// <remarks>
    /// The new key has the same name, scopes and expiry. The old key works for another <c>overlap_seconds</c>, by default 0, and is
    /// rejected everywhere within 10 seconds after that. A replaced key that still works does not count towards the plan's limit.
    /// </remarks>
    internal static async Task<IResult> RotateAsync(HttpContext context, string id, ApiKeyStore store, PlansOptions plans, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = RotateKeyRequest.Read(context.Api().Body, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var member = context.Member();
        var overlap = TimeSpan.FromSeconds(request.OverlapSeconds);
        return Created(context, await store.RotateAsync(
            member.WorkspaceId, id, overlap, workspace => plans[workspace.Plan].ApiKeys, Actor.Of(member), cancellationToken));
    }

    private static IResult Created(HttpContext context, KeyChange change)
    {
        if (change is not { Outcome: KeyOutcome.Done, Key: { } key, Text: { } text })
        {
            return DeveloperErrors.Of(change);
        }

        context.Response.Headers.Location = $"{Path}/{key.Id}";
        return ApiResults.Created(NewKeyResponse.From(KeyResponse.From(key), text));
    }

    private static bool Allows(HttpContext context, ListedKey key) => IfMatch.Of(context.Request).Allows(tag => EntityTags.Is(tag, key));
}
