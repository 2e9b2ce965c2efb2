using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;

namespace XQr.Api.Assets;

/// <summary>Request to begin an upload.</summary>
/// <param name="Filename">The file name, 1 to 255 characters, without a path.</param>
/// <param name="FileSize">The exact size in bytes.</param>
/// <param name="ContentType">
/// The media type: image/png, image/jpeg, image/gif, image/webp, image/svg+xml, image/avif, application/pdf, video/mp4, video/webm,
/// audio/mpeg, text/plain, text/csv or application/octet-stream, the default.
/// </param>
internal sealed record PresignRequest(
    [property: StringLength(AssetFields.MaxFilenameLength, MinimumLength = 1)] string Filename,
    [property: Range(1, AssetFields.MaxFileSize)] int FileSize,
    string ContentType = PresignRequest.DefaultType)
{
    private const string DefaultType = "application/octet-stream";

    public static PresignRequest Read(IQueryCollection query, FieldErrors errors)
    {
        var request = new PresignRequest(
            Text(query, "filename", errors),
            PageQuery.ReadNumber(query, "file_size", 1, AssetFields.MaxFileSize, 0, errors),
            query.TryGetValue("content_type", out var type) ? type.ToString() : DefaultType);
        if (!query.ContainsKey("file_size"))
        {
            errors.Add("file_size", "is required");
        }

        if (query.ContainsKey("filename") && AssetFields.ValidateFilename(request.Filename) is { } error)
        {
            errors.Add("filename", error);
        }

        if (AssetTypes.Find(request.ContentType) is null)
        {
            errors.Add("content_type", AssetFields.TypeRule);
        }

        return request;
    }

    /// <summary>Creates the asset with an id that is the same in each run of the operation.</summary>
    public Asset ToAsset(string workspaceId, CreationSeed seed) =>
        new(Ids.New(seed), workspaceId, Filename, AssetTypes.Find(ContentType)!, FileSize, AssetStatus.Pending, [], seed.At, seed.At)
        {
            Version = ResourceVersion.New(seed),
        };

    private static string Text(IQueryCollection query, string name, FieldErrors errors)
    {
        if (!query.TryGetValue(name, out var value))
        {
            errors.Add(name, "is required");
        }

        return value.ToString();
    }
}

/// <summary>Request to change an asset; absent properties stay unchanged.</summary>
/// <param name="Filename">The file name, 1 to 255 characters, without a path.</param>
/// <param name="Tags">All tags, at most 10, each of 1 to 50 characters.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record UpdateAssetRequest(
    [property: NotNull, StringLength(AssetFields.MaxFilenameLength, MinimumLength = 1)] string? Filename = null,
    [property: NotNull, ItemCount(AssetFields.MaxTags), ItemLength(1, AssetFields.MaxTagLength)] IReadOnlyList<string>? Tags = null)
    : IExample<UpdateAssetRequest>
{
    public static UpdateAssetRequest Example { get; } = new("logo-2026.svg", ["logo", "print"]);

    /// <summary>Gets the read-only properties in the request.</summary>
    internal ReadOnlyMembers ReadOnly { get; private init; } = new();

    public static UpdateAssetRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, nullIsAbsent: false, errors);
        var request = new UpdateAssetRequest(fields.Text("filename"), fields.Labels("tags", AssetFields.MaxTags, AssetFields.MaxTagLength))
        {
            ReadOnly = ReadOnlyMembers.Read(fields, "id", "mime_type", "file_size", "status", "is_public", "public_url", "removed", "created_at", "updated_at"),
        };
        if (request.Filename is { } filename && AssetFields.ValidateFilename(filename) is { } error)
        {
            errors.Add("filename", error);
        }

        fields.RejectUnknownProperties();
        return request;
    }

    public Asset Apply(Asset asset, DateTimeOffset now) =>
        asset.Change(now) with { Filename = Filename ?? asset.Filename, Tags = Tags ?? asset.Tags };
}
