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

    private static readonly FieldRules Rules = FieldRules.Of<PresignRequest>();

    public static PresignRequest Read(IQueryCollection query, FieldErrors errors)
    {
        var fields = new QueryReader(query, Rules, errors);
        var request = new PresignRequest(
            AssetFields.Filename(fields) ?? "", fields.Integer("file_size") ?? 0, fields.Text("content_type") ?? DefaultType);
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

    private static readonly FieldRules Rules = FieldRules.Of<UpdateAssetRequest>().WithReadOnly<AssetResponse>();

    /// <summary>Gets the read-only properties in the request.</summary>
    internal ReadOnlyMembers ReadOnly { get; private init; } = new();

    public static UpdateAssetRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, Rules, errors);
        var request = new UpdateAssetRequest(AssetFields.Filename(fields), fields.Labels("tags"))
        {
            ReadOnly = ReadOnlyMembers.Read(fields),
        };
        fields.RejectUnknownProperties();
        return request;
    }

    public Asset Apply(Asset asset, DateTimeOffset now) =>
        asset.Change(now) with { Filename = Filename ?? asset.Filename, Tags = Tags ?? asset.Tags };
}
