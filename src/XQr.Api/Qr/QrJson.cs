using System.Text.Json.Serialization;
using XQr.Api.Pipeline;
using XQr.Api.Primitives;
using XQr.Api.Qr.Batch;
using XQr.Api.Qr.Designs;
using XQr.Api.Qr.Images;
using XQr.Api.Qr.Payloads;
using XQr.Api.Qr.Templates;

namespace XQr.Api.Qr;

/// <summary>The JSON of QR codes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcSecondsConverter)])]
[JsonSerializable(typeof(ImageQuery))]
[JsonSerializable(typeof(LinkImageQuery))]
[JsonSerializable(typeof(PayloadQuery))]
[JsonSerializable(typeof(RenderRequest))]
[JsonSerializable(typeof(DesignChange))]
[JsonSerializable(typeof(Design))]
[JsonSerializable(typeof(Envelope<TemplateResponse>))]
[JsonSerializable(typeof(ListEnvelope<TemplateResponse>))]
[JsonSerializable(typeof(CreateTemplateRequest))]
[JsonSerializable(typeof(UpdateTemplateRequest))]
[JsonSerializable(typeof(BatchRequest))]
internal sealed partial class QrJson : JsonSerializerContext;
