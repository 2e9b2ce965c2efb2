using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace XQr.Api.Developers.SignIn;

internal static class SignInServices
{
    private static readonly TimeSpan DocumentTimeout = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Adds the check of tokens with ASP.NET Core's handler alone. With its registry of schemes, a web application would run the handler
    /// for every request, including redirects and API calls, and would store keys for the protection of cookies in a file.
    /// </summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptionsValidator>();
        services.AddHttpClient(SignInProvider.ClientName, client => client.Timeout = DocumentTimeout);
        services.TryAddSingleton(NewProvider);
        services.TryAddSingleton(UrlEncoder.Default);
        services.AddSingleton<TokenRules>();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>>(provider => provider.GetRequiredService<TokenRules>());
        services.AddTransient<JwtBearerHandler>();
        return services.AddSingleton<TokenReader>().AddSingleton<Memberships>();
    }

    private static IConfigurationManager<OpenIdConnectConfiguration> NewProvider(IServiceProvider services) =>
        services.GetRequiredService<IOptions<AuthOptions>>().Value.HasProvider
            ? ActivatorUtilities.CreateInstance<SignInProvider>(services)
            : new NoProvider();
}
