using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using XQr.Api.Pipeline;
using XQr.Api.Qr.Designs;
using XQr.Api.Qr.Images;
using XQr.Rendering;

namespace XQr.Api.Qr.Batch;

/// <summary>Request to render the QR codes of many links.</summary>
/// <param name="LinkIds">The ids of 1 to 500 links, instead of a label.</param>
/// <param name="Label">The label of at most 500 links, instead of ids.</param>
/// <param name="Format">The image format; the default is svg.</param>
/// <param name="Size">The pixels per module, 1 to 50; the default is 10.</param>
/// <param name="TemplateId">The id of the template with the design; the default is black on white.</param>
/// <param name="QuietZone">The width of the empty border in modules; the default is the template's, or 1.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BatchRequest(
    [property: ItemCount(BatchRequest.MaxLinks, Min = 1)] IReadOnlyList<string>? LinkIds = null,
    string? Label = null,
    [property: AllowedValues("svg", "png")] string? Format = null,
    [property: Range(1, QrRenderer.MaxModuleSize)] int? Size = null,
    string? TemplateId = null,
    [property: QuietZone] int? QuietZone = null) : IExample<BatchRequest>
{
    public const int MaxLinks = 500;

    public static BatchRequest Example { get; } = new(Label: "tables", Format: "png", Size: 20);

    private static readonly FieldRules Rules = FieldRules.Of<BatchRequest>();

    [JsonIgnore]
    internal ImageQuery Image { get; private init; } = new();

    public static BatchRequest Read(JsonElement body, FieldErrors errors)
    {
        var fields = new JsonFields(body, Rules, errors);
        var (ids, label) = (fields.Texts("link_ids", _ => null), fields.Text("label")?.Trim());
        if (fields.Has("link_ids") == fields.Has("label"))
        {
            errors.Add("link_ids", "must be sent instead of label, or label instead of link_ids");
        }

        var (image, appearance) = (ImageQuery.Read(fields), LinkImageQuery.Read(fields));
        var request = new BatchRequest(ids, label, TemplateId: appearance.TemplateId, QuietZone: appearance.QuietZone) { Image = image };
        fields.RejectUnknownProperties();
        return request;
    }
}
