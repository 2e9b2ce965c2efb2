using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using XQr.Api.Tenancy;

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

    /// <summary>Gets or sets the audience of the tokens that the developer API accepts.</summary>
    /// <value>The <c>aud</c> of the tokens. The default is <see cref="ClientId"/>; one of the two is required with an authority.</value>
    public string? Audience { get; set; }

    /// <summary>Gets or sets the id of the dashboard's registration at the provider.</summary>
    /// <value>The default is none: nobody can sign in to the dashboard.</value>
    public string? ClientId { get; set; }

    /// <summary>Gets or sets the secret of the dashboard's registration.</summary>
    /// <value>The default is none, for a public client. The sign-in always uses PKCE.</value>
    public string? ClientSecret { get; set; }

    /// <summary>Gets or sets the claim that says whether the provider has verified the e-mail address.</summary>
    /// <value>The default is the claim of OpenID Connect. For Microsoft Entra ID, use <c>xms_edov</c>.</value>
    public string EmailVerifiedClaim { get; set; } = "email_verified";

    /// <summary>Gets or sets whether every signed-in person with a verified e-mail address may create workspaces.</summary>
    /// <value>The default is false: an operator creates them.</value>
    public bool AllowWorkspaceCreation { get; set; }

    /// <summary>Gets or sets the plan of the workspaces that people create.</summary>
    public Plan NewWorkspacePlan { get; set; } = Plan.Free;

    [MemberNotNullWhen(true, nameof(Authority))]
    internal bool HasProvider => Authority is { Length: > 0 };

    [MemberNotNullWhen(true, nameof(ClientId))]
    internal bool HasClient => ClientId is { Length: > 0 };

    /// <summary>Gets the audience of the developer API, or its default.</summary>
    internal string? ApiAudience => Audience is { Length: > 0 } ? Audience : ClientId;
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

        if (string.IsNullOrEmpty(options.ApiAudience))
        {
            return "Audience or ClientId is required with an authority: without it, tokens for other services would be accepted.";
        }

        return string.IsNullOrEmpty(options.EmailVerifiedClaim) ? "EmailVerifiedClaim must not be empty." : null;
    }

    private static bool IsSafe(string authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}
