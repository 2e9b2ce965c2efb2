using System.Security.Cryptography;

namespace XQr.Api.Tenancy;

/// <summary>An API key, with the properties that a key check needs.</summary>
internal sealed record ApiKey(
    string Id,
    string WorkspaceId,
    string Prefix,
    IReadOnlyList<string> Scopes,
    DateTimeOffset? ExpiresAt = null,
    DateTimeOffset? RevokedAt = null,
    DateTimeOffset? LastUsedAt = null)
{
    /// <summary>Gets the hash, see <see cref="ApiKeyText.Hash"/>.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Returns whether a text is this key. The comparison takes the same time for every text.</summary>
    public bool Matches(string text) => CryptographicOperations.FixedTimeEquals(ApiKeyText.Hash(text), Hash);

    public bool Grants(string scope) => Scopes.Contains(scope) || Scopes.Contains(Tenancy.Scopes.All);
}
