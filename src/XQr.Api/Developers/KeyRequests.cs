using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using XQr.Api.Pipeline;
using XQr.Api.Tenancy;

namespace XQr.Api.Developers;

/// <summary>Request to create a key.</summary>
/// <param name="Name">The display name, 1 to 100 characters.</param>
/// <param name="Scopes">At least one scope, such as <c>links:read</c>, or <c>*</c> for all.</param>
/// <param name="ExpiresAt">The time the key expires, in the future; never if absent. It cannot be changed later.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CreateKeyRequest(
    [property: Name] string Name,
    [property: ItemCount(16, Min = 1, ErrorMessage = "must name at least one scope")] IReadOnlyList<string> Scopes,
    DateTimeOffset? ExpiresAt = null) : IExample<CreateKeyRequest>
{
    public static CreateKeyRequest Example { get; } =
        new("Website", ["links:read", "links:write"], DateTimeOffset.Parse("2100-01-01T00:00:00Z", CultureInfo.InvariantCulture));

    /// <summary>More than the number of scopes: duplicates count once.</summary>
    private const int MaxScopesSent = 100;

    private static readonly FieldRules Rules = FieldRules.Of<CreateKeyRequest>();

    public static KeyDraft Read(JsonElement body, DateTimeOffset now, FieldErrors errors)
    {
        var fields = new JsonFields(body, Rules, errors);
        var name = fields.Text("name");
        var scopes = fields.Texts(
            "scopes",
            scope => Tenancy.Scopes.Known.Contains(scope) ? null : $"must be one of {string.Join(", ", Tenancy.Scopes.Known)}",
            MaxScopesSent);
        var expiresAt = fields.FutureTime("expires_at", now);
        fields.RejectUnknownProperties();
        return new(name ?? "", [.. (scopes ?? []).Distinct(StringComparer.Ordinal)], expiresAt);
    }
}

/// <summary>Request to change a key. Scopes and expiry cannot be changed: create another key.</summary>
/// <param name="Name">The display name, 1 to 100 characters.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record UpdateKeyRequest(
    [property: NotNull, Name] string? Name = null) : IExample<UpdateKeyRequest>
{
    public static UpdateKeyRequest Example { get; } = new("Website, new");

    private static readonly FieldRules Rules = FieldRules.Of<UpdateKeyRequest>().WithReadOnly<KeyResponse>();

    /// <summary>Gets the read-only properties in the request.</summary>
    internal ReadOnlyMembers ReadOnly { get; private init; } = new();

    public static UpdateKeyRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, Rules, errors);
        var request = new UpdateKeyRequest(fields.Text("name"))
        {
            ReadOnly = ReadOnlyMembers.Read(fields),
        };
        fields.RejectUnknownProperties();
        return request;
    }
}

/// <summary>Request to replace a key.</summary>
/// <param name="OverlapSeconds">The seconds that the old key continues to work: 0, the default, to 604,800 (7 days).</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RotateKeyRequest(
    [property: Optional, Range(0, RotateKeyRequest.MaxOverlapSeconds)] int OverlapSeconds = 0) : IExample<RotateKeyRequest>
{
    private const int MaxOverlapSeconds = 7 * 24 * 60 * 60;

    public static RotateKeyRequest Example { get; } = new(3600);

    private static readonly FieldRules Rules = FieldRules.Of<RotateKeyRequest>();

    public static RotateKeyRequest Read(JsonElement body, FieldErrors errors)
    {
        if (body.ValueKind == JsonValueKind.Undefined)
        {
            return new();
        }

        var fields = new JsonFields(body, Rules, errors);
        var request = new RotateKeyRequest(fields.Integer("overlap_seconds") ?? 0);
        fields.RejectUnknownProperties();
        return request;
    }
}
