using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Hosting;

/// <summary>Reads the form of a request that was not accepted, so that the person can send it again.</summary>
internal static class SentForms
{
    /// <summary>Returns the fields of the form; none for a request without a readable form, or with the form of another site.</summary>
    public static async Task<IReadOnlyList<KeptField>> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.HasFormContentType || request.IsForeign())
        {
            return [];
        }

        try
        {
            var form = await context.AwaitClientAsync(() => request.ReadFormAsync(context.RequestAborted));
            return [.. form.SelectMany(field => field.Value, (field, value) => new KeptField(field.Key, value ?? ""))];
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or OperationCanceledException)
        {
            return [];
        }
    }

    /// <summary>Pauses the deadline while a form arrives, because the client decides how fast it sends.</summary>
    /// <param name="context">The request.</param>
    /// <param name="readAsync">A function that reads the form.</param>
    public static async Task<T> AwaitClientAsync<T>(this HttpContext context, Func<Task<T>> readAsync)
    {
        var deadline = context.Api().Deadline;
        deadline?.Pause();
        try
        {
            return await readAsync();
        }
        finally
        {
            deadline?.Resume();
        }
    }
}
