using System.Security.Cryptography;

namespace XQr.Api.Tenancy;

/// <summary>An API key as it is checked.</summary>
internal sealed record ApiKey(
    string Id,
    string WorkspaceId,
    string Prefix,
    IReadOnlyList<string> Scopes,
    DateTimeOffset? ExpiresAt = null,
    DateTimeOffset? RevokedAt = null,
    DateTimeOffset? LastUsedAt = null)
{
    /// <summary>See <see cref="ApiKeyText.Hash"/>.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Whether <paramref name="text"/> is this key, in a time that doesn't depend on where it differs.</summary>
    public bool Matches(string text) => CryptographicOperations.FixedTimeEquals(ApiKeyText.Hash(text), Hash);

    public bool Grants(string scope) => Scopes.Contains(scope) || Scopes.Contains(Tenancy.Scopes.All);
}
