using System.Text.Json;
using Azure.Data.Tables;
using XQr.Api.Primitives;
using XQr.Api.Qr.Designs;
using XQr.Api.Qr.Logos;
using XQr.Api.Storage;
using XQr.Rendering.Logos;

namespace XQr.Api.Qr.Templates;

/// <summary>Converts templates and their counts to rows and back.</summary>
internal static class TemplateRow
{
    /// <summary>The prefix of the keys of templates, before 32 hex digits.</summary>
    public const string Prefix = "q";

    /// <summary>A key after those of all templates.</summary>
    public const string End = "qg";

    /// <summary>The key of the counts.</summary>
    public const string Usage = "qn";

    public static string KeyOf(Guid id) => Prefix + Ids.Descending(id);

    public static TableEntity From(Template template) => new(template.WorkspaceId, KeyOf(template.Id))
    {
        ["Id"] = template.Id,
        ["Name"] = template.Name,
        ["Description"] = template.Description,
        ["Design"] = JsonSerializer.Serialize(template.Design, DesignJson.Api.Design),
        ["LogoBlob"] = template.Logo?.BlobName,
        ["LogoKind"] = template.Logo?.Kind.ToString(),
        ["LogoHash"] = template.Logo?.Hash,
        ["CreatedAt"] = template.CreatedAt,
        ["UpdatedAt"] = template.UpdatedAt,
        ["Version"] = template.Version,
    };

    public static Template ToTemplate(TableEntity row) => new(
        row.GetGuid("Id")!.Value,
        row.PartitionKey,
        row.GetString("Name"),
        row.GetString("Description"),
        JsonSerializer.Deserialize(row.GetString("Design"), DesignJson.Api.Design)!,
        ToLogo(row),
        row.GetDateTimeOffset("CreatedAt")!.Value,
        row.GetDateTimeOffset("UpdatedAt")!.Value)
    {
        Version = row.GetString("Version"),
        RowVersion = row.ETag.ToString(),
    };

    public static CountedCommits<TemplateUsage> NewCommits(Tables tables, TimeProvider time) => new(
        tables.Workspaces,
        Usage,
        row => new(row.GetInt32("Templates")!.Value),
        (workspaceId, rowKey, usage) => new(workspaceId, rowKey) { ["Templates"] = usage.Templates },
        time);

    private static StoredLogo? ToLogo(TableEntity row) => row.GetString("LogoBlob") is { } blob
        ? new(blob, Enum.Parse<QrLogoKind>(row.GetString("LogoKind")), row.GetString("LogoHash"))
        : null;
}
