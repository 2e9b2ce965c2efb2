using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using XQr.Dashboard.Hosting;

namespace XQr.Dashboard.Admission;

/// <summary>Responds to a request without a session: sends the browser to the sign-in, or keeps the form that was sent.</summary>
internal static class SessionExpiry
{
    public static Task RespondAsync(HttpContext context)
    {
        var request = context.Request;
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (!isRead && !request.IsPart())
        {
            return KeptForms.ShowExpiredAsync(context);
        }

        if (!request.IsPart())
        {
            context.Response.Redirect(SignInFor(request.GetEncodedPathAndQuery()));
            return Task.CompletedTask;
        }

        var page = Uri.TryCreate(request.Headers["HX-Current-URL"], UriKind.Absolute, out var shown) ? shown.PathAndQuery : Paths.Root.Value!;
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers["HX-Redirect"] = SignInFor(page);
        return Task.CompletedTask;
    }

    /// <summary>Returns the path of the sign-in that returns to a page.</summary>
    private static string SignInFor(string page) => $"{Paths.SignIn}?return={Uri.EscapeDataString(page)}";
}
