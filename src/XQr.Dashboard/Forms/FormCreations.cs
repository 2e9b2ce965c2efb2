using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Api.Pipeline.Idempotency;
using XQr.Api.Primitives;
using XQr.Dashboard.Members;

namespace XQr.Dashboard.Forms;

/// <summary>
/// Runs the creation of a form once, however often the form is sent: a double click, a reload, or another try after a lost response. The
/// form has a random id in a hidden field. It is an idempotency key that belongs to the content of the form too, so that a form that was
/// changed and sent again is another creation.
/// </summary>
internal sealed class FormCreations(IdempotencyStore store, IdempotencyRelease release, TimeProvider time)
{
    /// <summary>The name of the hidden field.</summary>
    public const string FieldName = "creation";

    private const string LocationHeader = "Location:";
    private const int MaxAttempts = 12;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>Creates the id of a form.</summary>
    public static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Returns the id of a form that was sent, which is a new one if the form has none.</summary>
    public static string IdOf(IFormCollection form) => form[FieldName] is [{ Length: > 0 } sent, ..] ? sent : NewId();

    /// <summary>Runs a creation, or returns the path that an earlier run returned.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">The id of the form.</param>
    /// <param name="body">The body of the operation.</param>
    /// <param name="createAsync">Creates the resource and returns the path of its page.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<OperationResult<string>> RunAsync(
        HttpContext context,
        string id,
        JsonElement body,
        Func<CreationSeed, Task<OperationResult<string>>> createAsync,
        CancellationToken cancellationToken)
    {
        var request = RequestOf(context, id, body);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            switch (await store.BeginAsync(request, cancellationToken))
            {
                case IdempotencyState.Started started:
                    return await RunAsync(request, started, createAsync, cancellationToken);
                case IdempotencyState.Completed { Response: var response }:
                    return response.Headers[LocationHeader.Length..];
            }

            // The browser shows only the response to the last of two clicks, so this request waits for the first.
            await Task.Delay(RetryDelay, time, cancellationToken);
        }

        return IdempotencyErrors.InProgress();
    }

    private async Task<OperationResult<string>> RunAsync(
        KeyedRequest request,
        IdempotencyState.Started started,
        Func<CreationSeed, Task<OperationResult<string>>> createAsync,
        CancellationToken cancellationToken)
    {
        var isComplete = false;
        try
        {
            var created = await createAsync(started.Seed);
            if (created.Succeeded)
            {
                var response = new StoredResponse(StatusCodes.Status303SeeOther, LocationHeader + created.Value, default);
                await store.TryCompleteAsync(request, started, response, cancellationToken);
                isComplete = true;
            }

            return created;
        }
        finally
        {
            if (!isComplete)
            {
                // The next run has the same seed, so it creates the same resource.
                await release.RunAsync(request, started);
            }
        }
    }

    private static KeyedRequest RequestOf(HttpContext context, string id, JsonElement body)
    {
        var content = SHA256.HashData(Encoding.UTF8.GetBytes(body.GetRawText()));
        var path = context.Request.Path.Value!.TrimEnd('/');
        var name = SHA256.HashData(Encoding.UTF8.GetBytes($"form\n{path}\n{id}\n{Convert.ToHexStringLower(content)}"));
        return new(OwnerOf(context), Convert.ToHexStringLower(name), content, context.Api().RequestId);
    }

    /// <summary>Returns the workspace of the page, or the person on a page that belongs to no workspace.</summary>
    private static string OwnerOf(HttpContext context)
    {
        if (context.Features.Get<DashboardContext>()?.Caller is { } caller)
        {
            return caller.WorkspaceId;
        }

        var (issuer, subject) = context.Person().Identity;
        return $"person_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{subject}")))}";
    }
}
