using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace XQr.Dashboard.SignIn;

/// <summary>
/// Runs the code flow of OpenID Connect. It asks the provider for more claims only if the token has no e-mail address (OpenID Connect Core,
/// section 5.4), so that the sign-in does not depend on one more call. It has no log, because its log lines have cookies and codes;
/// <see cref="ProviderEvents"/> logs the failures.
/// </summary>
internal sealed class ProviderHandler(IOptionsMonitor<OpenIdConnectOptions> options, HtmlEncoder htmlEncoder, UrlEncoder encoder)
    : OpenIdConnectHandler(options, NullLoggerFactory.Instance, htmlEncoder, encoder)
{
    protected override Task<HandleRequestResult> GetUserInformationAsync(
        OpenIdConnectMessage message, JwtSecurityToken jwt, ClaimsPrincipal principal, AuthenticationProperties properties) =>
        principal.HasClaim(claim => claim.Type == "email")
            ? Task.FromResult(HandleRequestResult.Success(new AuthenticationTicket(principal, properties, Scheme.Name)))
            : base.GetUserInformationAsync(message, jwt, principal, properties);
}
