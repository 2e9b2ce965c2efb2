using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace XQr.Dashboard.SignIn;

internal static class SignInServices
{
    /// <summary>Adds the sign-in at the provider.</summary>
    public static IServiceCollection AddProviderSignIn(this IServiceCollection services)
    {
        services.TryAddSingleton(HtmlEncoder.Default);
        services.AddSingleton<IConfigureOptions<OpenIdConnectOptions>, ProviderRules>();
        services.AddSingleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>();
        services.AddTransient<ProviderHandler>();
        return services.AddSingleton<ProviderEvents>().AddSingleton<ProviderSignIn>();
    }
}
