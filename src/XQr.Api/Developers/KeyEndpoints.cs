using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers;

/// <summary>Maps the endpoints of keys. They do not support <c>Idempotency-Key</c>, because the text of a key is stored nowhere.</summary>
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
            .MayFail(DeveloperErrors.KeyNotFound(), DeveloperErrors.KeyNotActive(), DeveloperErrors.TooManyOverlaps(2));
    }

    /// <summary>Create a key</summary>
    /// <remarks>Returns the full key in this response only. A repeated request creates another key.</remarks>
    internal static async Task<IResult> CreateAsync(HttpContext context, KeyOperations operations, CancellationToken cancellationToken)
    {
        var result = await operations.CreateAsync(Principal.Of(context.Member()), context.Api().Body, cancellationToken);
        return result.ToResponse(created => Created(context, created));
    }

    /// <summary>List keys</summary>
    /// <remarks>Newest first, including revoked keys.</remarks>
    internal static async Task<IResult> ListAsync(HttpContext context, KeyOperations operations, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageQuery.Read(context.Request.Query, errors);
        if (errors.Any)
        {
            return errors.ToError();
        }

        var list = await operations.ListAsync(context.Member().WorkspaceId, page, cancellationToken);
        return ApiResults.List([.. list.Keys.Select(KeyResponse.From)], page with { Total = list.Total });
    }

    /// <summary>Get a key</summary>
    internal static async Task<IResult> GetAsync(
        HttpContext context, string id, KeyOperations operations, CancellationToken cancellationToken)
    {
        var result = await operations.GetAsync(context.Member().WorkspaceId, id, cancellationToken);
        return result.ToResponse(key => ApiResults.Current(context, EntityTags.Of(key), KeyResponse.From(key)));
    }

    /// <summary>Rename a key</summary>
    /// <remarks>The whole key can be sent back: read-only properties must keep their values.</remarks>
    internal static async Task<IResult> UpdateAsync(
        HttpContext context, string id, KeyOperations operations, CancellationToken cancellationToken)
    {
        var result = await operations.UpdateAsync(
            Principal.Of(context.Member()), id, context.Api().Body, IfMatch.Of(context.Request), cancellationToken);
        return result.ToResponse(key => ApiResults.Ok(context, EntityTags.Of(key), KeyResponse.From(key)));
    }

    /// <summary>Revoke a key</summary>
    /// <remarks>Revokes the key permanently: it is rejected everywhere within 10 seconds. The key stays in the list.</remarks>
    internal static async Task<IResult> RevokeAsync(
        HttpContext context, string id, KeyOperations operations, CancellationToken cancellationToken)
    {
        var result = await operations.RevokeAsync(
            Principal.Of(context.Member()), id, IfMatch.Of(context.Request), cancellationToken);
        return result.ToResponse(_ => TypedResults.NoContent());
    }

    /// <summary>Replace a key</summary>
    /// <remarks>
    /// The new key has the same name, scopes and expiry. The old key works for another <c>overlap_seconds</c>, by default 0, and is
    /// rejected everywhere within 10 seconds after that. A replaced key that still works does not count towards the plan's limit.
    /// </remarks>
    internal static async Task<IResult> RotateAsync(
        HttpContext context, string id, KeyOperations operations, CancellationToken cancellationToken)
    {
        var result = await operations.RotateAsync(Principal.Of(context.Member()), id, context.Api().Body, cancellationToken);
        return result.ToResponse(created => Created(context, created));
    }

    private static ApiResult<NewKeyResponse> Created(HttpContext context, NewKey created)
    {
        context.Response.Headers.Location = $"{Path}/{created.Key.Id}";
        return ApiResults.Created(NewKeyResponse.From(KeyResponse.From(created.Key), created.Text));
    }
}
