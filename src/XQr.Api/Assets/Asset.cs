using System.Text.Json;
using System.Text.Json.Serialization;
using XQr.Api.Pipeline;

namespace XQr.Api.Assets;

/// <summary>Whether an asset's content is there.</summary>
[JsonConverter(typeof(AssetStatusConverter))]
internal enum AssetStatus
{
    /// <summary>It may be uploaded, or was and is not looked at yet.</summary>
    Pending,

    /// <summary>It is what it was said to be, and doesn't change any more.</summary>
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
    /// <summary>The name of its public blob, which may not be there yet; null where there is to be none.</summary>
    public string? PublicName { get; init; }

    /// <summary>Whether its public blob is there.</summary>
    public bool IsPublic { get; init; }

    /// <summary>The name that its public blob had last; the blob is gone, or about to.</summary>
    public string? RetiredName { get; init; }

    /// <summary>What the public blob of an SVG image lacks of the content, see <see cref="SvgRemovals"/>.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>The public blob that has to go with the asset; null where there never was one.</summary>
    public string? LastPublicName => PublicName ?? RetiredName;

    /// <summary>Another with each change that shows.</summary>
    public required string Version { get; init; }

    /// <summary>How storage names the state that this was read from; empty for what isn't stored yet.</summary>
    public string RowVersion { get; init; } = "";

    public Asset Confirm(DateTimeOffset now) => Change(now) with { Status = AssetStatus.Confirmed };

    public Asset Publish(DateTimeOffset now) => Change(now) with { IsPublic = true };

    public Asset Unpublish(DateTimeOffset now) => Change(now) with { IsPublic = false, PublicName = null, RetiredName = PublicName, Removed = [] };

    public Asset Change(DateTimeOffset now) => this with { UpdatedAt = now, Version = ResourceVersion.New() };
}
