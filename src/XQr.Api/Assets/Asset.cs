using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Net.Http.Headers;
using XQr.Api.Pipeline;

namespace XQr.Api.Assets;

/// <summary>The state of an asset's content.</summary>
[JsonConverter(typeof(AssetStatusConverter))]
internal enum AssetStatus
{
    /// <summary>The upload is not confirmed.</summary>
    Pending,

    /// <summary>The content was checked and no longer changes.</summary>
    Confirmed,
}

internal sealed class AssetStatusConverter() : JsonStringEnumConverter<AssetStatus>(JsonNamingPolicy.SnakeCaseLower);

/// <summary>A file of a workspace.</summary>
internal sealed record Asset(
    Guid Id,
    string WorkspaceId,
    string Filename,
    AssetType Type,
    long FileSize,
    AssetStatus Status,
    IReadOnlyList<string> Tags,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>Gets the name of the public blob, which may not exist yet; null for a private asset.</summary>
    public string? PublicName { get; init; }

    /// <summary>Gets whether the public blob exists.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Gets the last name of the public blob, which is deleted or about to be.</summary>
    public string? RetiredName { get; init; }

    /// <summary>Gets the parts removed from the public copy of an SVG image; see <see cref="SvgRemovals"/>.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>Gets the public blob to delete with the asset; null if there never was one.</summary>
    public string? LastPublicName => PublicName ?? RetiredName;

    /// <summary>Gets the version, which changes with each visible change.</summary>
    public required string Version { get; init; }

    /// <summary>Gets the entity tag of the version, for conditional requests.</summary>
    public EntityTagHeaderValue EntityTag => ResourceVersion.ToTag(Version);

    /// <summary>Gets the ETag of the row that was read; empty for a new asset.</summary>
    public string RowVersion { get; init; } = "";

    /// <summary>Returns whether a precondition allows a change of this version.</summary>
    public bool Matches(IfMatch ifMatch) => ifMatch.Allows(tag => tag == EntityTag.Tag);

    public Asset Confirm(DateTimeOffset now) => Change(now) with { Status = AssetStatus.Confirmed };

    public Asset Publish(DateTimeOffset now) => Change(now) with { IsPublic = true };

    public Asset Unpublish(DateTimeOffset now) => Change(now) with { IsPublic = false, PublicName = null, RetiredName = PublicName, Removed = [] };

    public Asset Change(DateTimeOffset now) => this with { UpdatedAt = now, Version = ResourceVersion.New() };
}
