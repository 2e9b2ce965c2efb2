using System.Security.Claims;
using Microsoft.Extensions.Options;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers.SignIn;

/// <summary>Reads a person from the claims of a valid token.</summary>
internal sealed class TokenReader(IOptions<AuthOptions> auth)
{
    /// <summary>The limit of OpenID Connect Core, section 2.</summary>
    private const int MaxSubject = 255;

    /// <summary>Returns the person; null if the token has no valid subject.</summary>
    public Person? Read(ClaimsPrincipal principal)
    {
        var subject = principal.FindFirst("sub");
        if (subject is not { Value.Length: > 0 and <= MaxSubject })
        {
            return null;
        }

        var email = principal.FindFirst("email")?.Value is { } text && EmailAddress.IsWellFormed(text) ? text : null;

        // Some providers write the claim as a string, Entra ID as a number.
        var isVerified = email is not null && principal.FindFirst(auth.Value.EmailVerifiedClaim)?.Value is "true" or "True" or "1";
        return new(new(subject.Issuer, subject.Value), email, isVerified, DisplayName.Clean(principal.FindFirst("name")?.Value));
    }
}
