using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using XQr.Api.Primitives;

namespace XQr.Server.Development;

/// <summary>The sign-in for which a code was issued.</summary>
/// <param name="Email">The address of the person.</param>
/// <param name="RedirectUri">The address to which the code was sent.</param>
/// <param name="Challenge">The SHA-256 hash of the verifier (RFC 7636).</param>
/// <param name="Nonce">The nonce for the token; null for none.</param>
/// <param name="ExpiresAt">The time at which the code expires.</param>
internal sealed record DevelopmentCode(string Email, string RedirectUri, string Challenge, string? Nonce, DateTimeOffset ExpiresAt);

/// <summary>Issues codes that can be used once, within a minute.</summary>
internal sealed class DevelopmentCodes(TimeProvider time)
{
    private const int MaxCodes = 1_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly BoundedCache<DevelopmentCode> codes = new(MaxCodes, Lifetime, time);

    /// <summary>Issues a code.</summary>
    public string Issue(string email, string redirectUri, string challenge, string? nonce)
    {
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        codes.Set(code, new(email, redirectUri, challenge, nonce, time.GetUtcNow() + Lifetime));
        return code;
    }

    /// <summary>Uses a code up.</summary>
    /// <returns>The sign-in; null if the code is unknown, used or expired, or if it was issued for another request.</returns>
    public DevelopmentCode? Redeem(string code, string redirectUri, string verifier)
    {
        lock (gate)
        {
            if (!codes.TryGet(code, out var issued))
            {
                return null;
            }

            codes.Remove(code);
            var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
            return issued.ExpiresAt > time.GetUtcNow() && issued.RedirectUri == redirectUri && issued.Challenge == challenge ? issued : null;
        }
    }
}
