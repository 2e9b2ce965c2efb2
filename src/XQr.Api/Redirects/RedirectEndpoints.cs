using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Pipeline;

namespace XQr.Api.Redirects;

/// <summary>The route of short links.</summary>
internal static class RedirectEndpoints
{
    public static void MapRedirects(this IEndpointRouteBuilder endpoints) => endpoints
        .MapMethods("/{short_code}", [HttpMethods.Get, HttpMethods.Head], endpoints.ServiceProvider.GetRequiredService<Redirect>().FollowAsync)
        .WithMetadata(new OutageAnswer(PublicPage.Unavailable))
        .WithTag("Redirects", "Short URLs for visitors, which need no key.")
        .AnswersRedirect().MayFailAsPage(
            PublicPage.NotFound.Error, PublicPage.Disabled.Error, PublicPage.Expired.Error, PublicPage.Unavailable.Error);
}
