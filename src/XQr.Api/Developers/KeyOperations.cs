using System.Text.Json;
using XQr.Api.Pipeline;
using XQr.Api.Storage;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers;

/// <summary>A new key and its text, which is stored nowhere.</summary>
internal sealed record NewKey(ListedKey Key, string Text);

/// <summary>A page of the keys of a workspace.</summary>
/// <param name="Keys">The keys, newest first.</param>
/// <param name="Total">The number of all keys.</param>
/// <param name="ActiveCount">The number of all keys that count towards the plan's limit.</param>
internal sealed record KeyList(IReadOnlyList<ListedKey> Keys, int Total, int ActiveCount);

/// <summary>
/// Creates, reads, renames, revokes and rotates the keys of a workspace. Changes require the role admin. The developer API and the commands
/// call it.
/// </summary>
internal sealed class KeyOperations(ApiKeyStore keys, PlansOptions plans, TimeProvider time)
{
    /// <summary>Creates a key. A repeated call creates another key, because the text of the first cannot be returned again.</summary>
    public async Task<OperationResult<NewKey>> CreateAsync(Principal principal, JsonElement body, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var draft = CreateKeyRequest.Read(body, time.GetUtcNow(), errors);
        return (principal.Role.Require(Role.Admin) ?? errors.ToErrorOrNull()) is { } error
            ? error
            : NewKeyOf(await keys.CreateAsync(principal, draft, MaxKeys, cancellationToken));
    }

    /// <summary>Returns a page of keys, newest first, and the counts of all keys.</summary>
    public async Task<KeyList> ListAsync(string workspaceId, Page page, CancellationToken cancellationToken)
    {
        var all = await keys.ListAsync(workspaceId, cancellationToken);
        var shown = await keys.CompleteAsync([.. all.Skip(page.Offset).Take(page.Limit)], cancellationToken);
        return new(shown, all.Count, all.Count(key => key.IsActive(time.GetUtcNow())));
    }

    public async Task<OperationResult<ListedKey>> GetAsync(string workspaceId, string id, CancellationToken cancellationToken) =>
        await keys.FindAsync(workspaceId, id, cancellationToken) is { } key ? key : DeveloperErrors.KeyNotFound();

    public async Task<OperationResult<ListedKey>> UpdateAsync(
        Principal principal, string id, JsonElement body, IfMatch ifMatch, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = UpdateKeyRequest.Read(body, errors);
        var error = principal.Role.Require(Role.Admin) ?? errors.ToErrorOrNull();
        if (error is null && request.ReadOnly.Any)
        {
            // The caller may have sent the last use, which only the complete key has.
            var current = await GetAsync(principal.WorkspaceId, id, cancellationToken);
            error = current.Succeeded
                ? request.ReadOnly.Validate(KeyResponse.From(current.Value), DeveloperJson.Api.KeyResponse, "last_used_at")
                : current.Error;
        }

        if (error is not null)
        {
            return error;
        }

        var change = await keys.RenameAsync(principal, id, key => ifMatch.Allows(key), request.Name, cancellationToken);
        return change is { Outcome: KeyOutcome.Done, Key: { } key }
            ? (await keys.CompleteAsync([key], cancellationToken))[0]
            : DeveloperErrors.From(change);
    }

    /// <summary>Revokes a key permanently: it is rejected everywhere within 10 seconds.</summary>
    public async Task<OperationResult<ListedKey>> RevokeAsync(
        Principal principal, string id, IfMatch ifMatch, CancellationToken cancellationToken)
    {
        if (principal.Role.Require(Role.Admin) is { } error)
        {
            return error;
        }

        var change = await keys.RevokeAsync(principal, id, key => ifMatch.Allows(key), cancellationToken);
        return change is { Outcome: KeyOutcome.Done, Key: { } key } ? key : DeveloperErrors.From(change);
    }

    /// <summary>Revokes the key with a prefix, for an operator.</summary>
    public async Task<OperationResult<ListedKey>> RevokeAsync(string prefix, CancellationToken cancellationToken) =>
        await keys.FindAsync(prefix, cancellationToken) is { } key
            ? await RevokeAsync(Principal.Operator(key.WorkspaceId), key.Id, IfMatch.Any, cancellationToken)
            : DeveloperErrors.KeyNotFound();

    /// <summary>Replaces a key by a new one with the same name, scopes and expiry. The old key may continue to work for some time.</summary>
    public async Task<OperationResult<NewKey>> RotateAsync(
        Principal principal, string id, JsonElement body, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var overlap = TimeSpan.FromSeconds(RotateKeyRequest.Read(body, errors).OverlapSeconds);
        return (principal.Role.Require(Role.Admin) ?? errors.ToErrorOrNull()) is { } error
            ? error
            : NewKeyOf(await keys.RotateAsync(principal, id, overlap, MaxKeys, cancellationToken));
    }

    private int? MaxKeys(Workspace workspace) => plans[workspace.Plan].ApiKeys;

    private static OperationResult<NewKey> NewKeyOf(KeyChange change) =>
        change is { Outcome: KeyOutcome.Done, Key: { } key, Text: { } text } ? new NewKey(key, text) : DeveloperErrors.From(change);
}
