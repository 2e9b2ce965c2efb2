using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using XQr.Api.Urls;

namespace XQr.Dashboard.Hosting;

internal static class HostingServices
{
    /// <summary>Adds what every page needs.</summary>
    public static IServiceCollection AddHosting(this IServiceCollection services)
    {
        services.AddOptions<AntiforgeryOptions>().Configure<PublicUrls>(Configure);
        return services.AddAntiforgery();
    }

    private static void Configure(AntiforgeryOptions options, PublicUrls urls)
    {
        options.FormFieldName = Tokens.FieldName;
        options.HeaderName = Tokens.HeaderName;

        // The policy of pages says that no other page may show them in a frame.
        options.SuppressXFrameOptionsHeader = true;

        // A browser accepts the prefix only from this host over https.
        options.Cookie.Name = urls.Configured?.Scheme == Uri.UriSchemeHttps ? "__Host-xqr-csrf" : "xqr-csrf";
        options.Cookie.Path = "/";
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }
}
