using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using XQr.Api.Developers.SignIn;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;
using XQr.Api.Urls;
using XQr.Dashboard.Sessions;
using XQr.Testing.Secrets;

namespace XQr.Testing;

/// <summary>Represents the browser of a person for the dashboard: keeps cookies, follows no redirects, and sends forms with their token.</summary>
public sealed class DashboardClient : IDisposable
{
    private readonly HttpClient client;

    /// <summary>Creates the browser of a visitor.</summary>
    public DashboardClient(XQrApplication application) =>
        client = new HttpClient(new CookieHandler(Cookies)) { BaseAddress = application.Address };

    /// <summary>Gets the cookies by name.</summary>
    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>Gets or sets the antiforgery token of forms; null to send none.</summary>
    public string? Token { get; set; }

    /// <summary>Creates the browser of a person who has signed in, without a provider. The e-mail address is verified.</summary>
    /// <param name="application">The application.</param>
    /// <param name="email">The address. The person is the one of <see cref="TestIssuer.Token(string, string?)"/>.</param>
    /// <param name="subject">The subject at the provider; null for the one of this address.</param>
    /// <param name="name">The name; null for the one of this address.</param>
    public static async Task<DashboardClient> SignInAsync(XQrApplication application, string email, string? subject = null, string? name = null)
    {
        var issuer = application.Service<IOptions<AuthOptions>>().Value.Authority is { Length: > 0 } authority ? authority : "https://issuer.test";
        var identity = new Identity(issuer, subject ?? $"sub of {email}");
        var person = new Person(identity, email, IsEmailVerified: true, name ?? $"Name of {email}");
        var session = await application.Service<SessionManager>().CreateAsync(person, idToken: null, CancellationToken.None);
        var browser = new DashboardClient(application);
        var context = new DefaultHttpContext
        {
            User = new(new ClaimsIdentity([new("sub", identity.Subject, ClaimValueTypes.String, identity.Issuer)], "session")),
        };
        context.Request.Scheme = application.Service<PublicUrls>().Configured?.Scheme ?? application.Address.Scheme;
        browser.Cookies[SessionCookie.NameFor(context.Request)] =
            application.Service<SessionCookie>().Protect(new(session.Id, session.ExpiresAt));
        var tokens = application.Service<IAntiforgery>().GetTokens(context);
        browser.Cookies[application.Service<IOptions<AntiforgeryOptions>>().Value.Cookie.Name!] = tokens.CookieToken!;
        browser.Token = tokens.RequestToken;
        return browser;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync(path);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => client.SendAsync(request);

    /// <summary>Sends a form.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, params IEnumerable<(string Name, string Value)> fields) =>
        PostAsync(path, CancellationToken.None, fields);

    /// <summary>Sends a form, and closes the connection when the token is cancelled.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        string path, CancellationToken cancellationToken, params IEnumerable<(string Name, string Value)> fields)
    {
        var all = fields.Select(field => KeyValuePair.Create(field.Name, field.Value));
        using var content = new FormUrlEncodedContent(Token is { } token ? all.Append(new("csrf", token)) : all);
        return await client.PostAsync(path, content, cancellationToken);
    }

    public void Dispose() => client.Dispose();

    /// <summary>Keeps all cookies by name, also those that a browser would send only over https.</summary>
    private sealed class CookieHandler(Dictionary<string, string> cookies) : DelegatingHandler(new SecretSpotter())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (cookies.Count > 0)
            {
                request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            }

            var response = await base.SendAsync(request, cancellationToken);
            foreach (var header in response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
            {
                var cookie = header.Split(';')[0];
                var (name, value) = (cookie[..cookie.IndexOf('=')], cookie[(cookie.IndexOf('=') + 1)..]);
                if (value.Length == 0)
                {
                    cookies.Remove(name);
                }
                else
                {
                    LogWatch.Shared.AddSecret(value);
                    cookies[name] = value;
                }
            }

            return response;
        }
    }
}
