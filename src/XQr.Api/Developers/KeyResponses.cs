using System.Globalization;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers;

/// <summary>A key of the workspace, without its secret.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The display name.</param>
/// <param name="Prefix">The 8 characters after <c>xqr_pk_</c>, which identify the key.</param>
/// <param name="Scopes">The scopes.</param>
/// <param name="CreatedAt">The time of creation.</param>
/// <param name="ExpiresAt">The time the key expires; null for never.</param>
/// <param name="RevokedAt">The time the key was revoked or replaced, or the future end of its overlap; null for an active key.</param>
/// <param name="LastUsedAt">The time of the last use, to the minute; null if never used.</param>
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
    public static KeyResponse Example { get; } = new(
        "key_0198f3a0-52c4-7d1e-9a6b-3f2c8e7d1a40",
        "Website",
        "1f3c5a7e",
        ["links:read", "links:write"],
        Time("2026-02-01T09:30:00Z"),
        ExpiresAt: null,
        RevokedAt: null,
        LastUsedAt: Time("2026-03-01T14:00:00Z"));

    public static KeyResponse From(ListedKey key) =>
        new(key.Id, key.Name, key.Prefix, key.Scopes, key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.LastUsedAt);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>A new key in full, shown only once and never stored.</summary>
/// <param name="Id">The id.</param>
/// <param name="Key">The full key for <c>Authorization: Bearer</c>.</param>
/// <param name="Name">The display name.</param>
/// <param name="Prefix">The 8 characters after <c>xqr_pk_</c>, which identify the key.</param>
/// <param name="Scopes">The scopes.</param>
/// <param name="CreatedAt">The time of creation.</param>
/// <param name="ExpiresAt">The time the key expires; null for never.</param>
/// <param name="RevokedAt">Always null for a new key.</param>
/// <param name="LastUsedAt">Always null for a new key.</param>
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
