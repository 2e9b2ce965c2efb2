using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace XQr.Api.Developers.SignIn;

/// <summary>Where members sign in (section <c>Xqr:Auth</c>).</summary>
public sealed class AuthOptions
{
    /// <summary>The section of the configuration that holds these options.</summary>
    public const string Section = "Xqr:Auth";

    /// <summary>The OpenID Connect provider: its issuer, under which <c>/.well-known/openid-configuration</c> is found.</summary>
    /// <value>An https URL; http only on this machine. By default none: then nobody can sign in, and everything else works.</value>
    public string? Authority { get; set; }

    /// <summary>What the provider's tokens must be meant for.</summary>
    /// <value>The <c>aud</c> of the tokens, required with an authority: the id of the dashboard's registration, or of its API.</value>
    public string? Audience { get; set; }

    /// <summary>The claim by which the provider says that an e-mail address is the person's.</summary>
    /// <value>By default that of OpenID Connect. For Microsoft Entra ID <c>xms_edov</c>.</value>
    public string EmailVerifiedClaim { get; set; } = "email_verified";

    [MemberNotNullWhen(true, nameof(Authority))]
    internal bool HasProvider => Authority is { Length: > 0 };
}

/// <summary>Finds settings that would let nobody in, or somebody that they shouldn't.</summary>
internal sealed class AuthOptionsValidator : IValidateOptions<AuthOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthOptions options) =>
        !options.HasProvider ? ValidateOptionsResult.Success
        : !IsSafe(options.Authority) ? ValidateOptionsResult.Fail($"{AuthOptions.Section}:Authority must be an absolute https URL (http only for a loopback address).")
        : string.IsNullOrEmpty(options.Audience) ? ValidateOptionsResult.Fail($"{AuthOptions.Section}:Audience is required with an authority: without it, tokens meant for others would be good here.")
        : string.IsNullOrEmpty(options.EmailVerifiedClaim) ? ValidateOptionsResult.Fail($"{AuthOptions.Section}:EmailVerifiedClaim must not be empty.")
        : ValidateOptionsResult.Success;

    private static bool IsSafe(string authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}
