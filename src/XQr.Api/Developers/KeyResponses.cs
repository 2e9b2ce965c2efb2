using System.Globalization;
using XQr.Api.Pipeline;
using XQr.Api.Workspaces;

namespace XQr.Api.Developers;

/// <summary>A key as the API shows it: all of it but the secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Prefix">The 8 characters after <c>xqr_pk_</c>, by which it is known.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends to work; null for never.</param>
/// <param name="RevokedAt">When the key was revoked or replaced, or in the future the end of a replaced key's overlap; null while there is none.</param>
/// <param name="LastUsedAt">When it was used last, to the minute; null if never.</param>
internal sealed record KeyResponse(
    string Id,
    string Name,
    string Prefix,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt) : IExample<KeyResponse>
{
    public static KeyResponse Example { get; } = From(new(
        "key_0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40", "", "1f3c5a7e", "Website", ["links:read", "links:write"], Time("2026-02-01T09:30:00Z"), ExpiresAt: null)
    {
        LastUsedAt = Time("2026-03-01T14:00:00Z"),
    });

    public static KeyResponse From(ListedKey key) =>
        new(key.Id, key.Name, key.Prefix, key.Scopes, key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.LastUsedAt);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>A new key, with its text: that is shown this once and kept nowhere.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Key">The key, for <c>Authorization: Bearer</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Prefix">The 8 characters after <c>xqr_pk_</c>, by which it is known.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends to work; null for never.</param>
/// <param name="RevokedAt">Null: it works.</param>
/// <param name="LastUsedAt">Null: it is new.</param>
internal sealed record NewKeyResponse(
    string Id,
    string Key,
    string Name,
    string Prefix,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt) : IExample<NewKeyResponse>
{
    public static NewKeyResponse Example { get; } = From(KeyResponse.Example, "xqr_pk_1f3c5a7e.{64 characters}") with { LastUsedAt = null };

    public static NewKeyResponse From(KeyResponse key, string text) =>
        new(key.Id, text, key.Name, key.Prefix, key.Scopes, key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.LastUsedAt);
}
