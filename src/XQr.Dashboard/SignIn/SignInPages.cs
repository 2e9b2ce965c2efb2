using Microsoft.AspNetCore.Http;
using XQr.Dashboard.Hosting;
using XQr.Dashboard.Pages;
using Notice = XQr.Dashboard.Pages.SignIn.Notice;

namespace XQr.Dashboard.SignIn;

/// <summary>Creates the pages of the sign-in and the sign-out.</summary>
internal static class SignInPages
{
    public static IResult NoProvider(HttpContext context) => Page.Of<Notice, NoticeModel>(
        new(Frames.Layout(context, SignInTexts.NoProviderTitle), SignInTexts.NoProviderText, Paths.Root, SignInTexts.NoProviderLink),
        StatusCodes.Status404NotFound);

    public static IResult Insecure(HttpContext context) =>
        Create(context, StatusCodes.Status403Forbidden, SignInTexts.InsecureTitle, SignInTexts.InsecureText);

    public static IResult ProviderDown(HttpContext context) => Retry(
        context, StatusCodes.Status503ServiceUnavailable, SignInTexts.ProviderDownTitle, SignInTexts.ProviderDownText);

    public static IResult Cancelled(HttpContext context) => Retry(
        context, StatusCodes.Status403Forbidden, SignInTexts.CancelledTitle, SignInTexts.CancelledText);

    public static IResult Failed(HttpContext context) => Retry(
        context, StatusCodes.Status400BadRequest, SignInTexts.FailedTitle, SignInTexts.FailedText);

    public static IResult NoSubject(HttpContext context) => Retry(
        context, StatusCodes.Status400BadRequest, SignInTexts.FailedTitle, SignInTexts.NoSubjectText);

    public static IResult SignedOut(HttpContext context) => Page.Of<Notice, NoticeModel>(
        new(Frames.Layout(context, SignInTexts.SignedOutTitle), SignInTexts.SignedOutText, Paths.SignIn, SignInTexts.SignInAgain));

    /// <summary>Returns the page that leads to the sign-out of the provider. A redirect of a form to another site would violate the policy.</summary>
    public static IResult SigningOut(HttpContext context, string url) => Page.Of<Notice, NoticeModel>(
        new(Frames.Layout(context, SignInTexts.SigningOutTitle), SignInTexts.SigningOutText, url, SignInTexts.Continue, Continue: url));

    private static IResult Create(HttpContext context, int status, string title, string text) =>
        Page.Of<Notice, NoticeModel>(new(Frames.Layout(context, title), text), status);

    private static IResult Retry(HttpContext context, int status, string title, string text)
    {
        // At the public address, because a sign-in that began at another address cannot succeed.
        var link = $"{context.Request.Scheme}://{context.Request.Host}{Paths.SignIn}";
        return Page.Of<Notice, NoticeModel>(new(Frames.Layout(context, title), text, link, SignInTexts.TryAgain), status);
    }
}
