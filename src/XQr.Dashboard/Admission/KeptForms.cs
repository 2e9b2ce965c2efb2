using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Pages;

namespace XQr.Dashboard.Admission;

/// <summary>Shows a form that was not accepted with its content, so that the person can send it again.</summary>
internal static class KeptForms
{
    /// <summary>Shows the form of a person whose session has expired. The token of the form stays valid for the same person.</summary>
    public static async Task ShowExpiredAsync(HttpContext context)
    {
        var fields = await SentForms.ReadAsync(context);
        await ShowAsync(context, StatusCodes.Status401Unauthorized, SignInTexts.ExpiredTitle, SignInTexts.ExpiredText, Paths.SignIn, fields);
    }

    /// <summary>Shows a form of this site whose token is not valid, with a new token.</summary>
    public static async Task ShowOutdatedAsync(HttpContext context)
    {
        var token = Tokens.Of(context);
        var fields = (await SentForms.ReadAsync(context)).Where(field => field.Name != Tokens.FieldName);
        await ShowAsync(
            context,
            StatusCodes.Status400BadRequest,
            SignInTexts.OutdatedTitle,
            SignInTexts.OutdatedText,
            signIn: null,
            token is null ? fields : fields.Append(new(Tokens.FieldName, token)));
    }

    private static Task ShowAsync(
        HttpContext context, int status, string title, string text, string? signIn, IEnumerable<KeptField> fields)
    {
        var model = new KeptFormModel(
            Frames.Layout(context, title), text, context.Request.GetEncodedPathAndQuery(), signIn, [.. fields]);
        return Page.Of<Pages.SignIn.KeptForm, KeptFormModel>(model, status).ExecuteAsync(context);
    }
}
