using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace XQr.Api.Developers.SignIn;

/// <summary>Options of the sign-in of members (section <c>Xqr:Auth</c>).</summary>
public sealed class AuthOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = "Xqr:Auth";

    /// <summary>
    /// Gets or sets the issuer of the OpenID Connect provider. Its metadata is at <c>/.well-known/openid-configuration</c> below it.
    /// </summary>
    /// <value>An https URL; http only for a loopback address. The default is none: nobody can sign in, and everything else works.</value>
    public string? Authority { get; set; }

    /// <summary>Gets or sets the audience of the provider's tokens.</summary>
    /// <value>The <c>aud</c> of the tokens, required with an authority: the id of the dashboard's registration, or of its API.</value>
    public string? Audience { get; set; }

    /// <summary>Gets or sets the claim that says whether the provider has verified the e-mail address.</summary>
    /// <value>The default is the claim of OpenID Connect. For Microsoft Entra ID, use <c>xms_edov</c>.</value>
    public string EmailVerifiedClaim { get; set; } = "email_verified";

    [MemberNotNullWhen(true, nameof(Authority))]
    internal bool HasProvider => Authority is { Length: > 0 };
}

/// <summary>Rejects settings with which nobody or the wrong person could sign in.</summary>
internal sealed class AuthOptionsValidator : IValidateOptions<AuthOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthOptions options) =>
        Validate(options) is { } error ? ValidateOptionsResult.Fail($"{AuthOptions.Section}:{error}") : ValidateOptionsResult.Success;

    private static string? Validate(AuthOptions options)
    {
        if (!options.HasProvider)
        {
            return null;
        }

        if (!IsSafe(options.Authority))
        {
            return "Authority must be an absolute https URL (http only for a loopback address).";
        }

        if (string.IsNullOrEmpty(options.Audience))
        {
            return "Audience is required with an authority: without it, tokens for other services would be accepted.";
        }

        return string.IsNullOrEmpty(options.EmailVerifiedClaim) ? "EmailVerifiedClaim must not be empty." : null;
    }

    private static bool IsSafe(string authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}
